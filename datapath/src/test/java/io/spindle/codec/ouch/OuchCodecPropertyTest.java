package io.spindle.codec.ouch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** decode(encode(x)) = x for every message and any values, extremes included. */
class OuchCodecPropertyTest {
    private static final List<String> MESSAGES =
            List.of(
                    "Enter:userRefNum,side,quantity,symbol,price,timeInForce,display,capacity,"
                            + "interMarketSweep,crossType,appendage",
                    "Replace:originalUserRefNum,userRefNum,quantity,price,timeInForce,display,"
                            + "interMarketSweep,appendage",
                    "Cancel:userRefNum,quantity,appendage",
                    "Modify:userRefNum,side,quantity,appendage",
                    "MassCancel:userRefNum,firm,symbol,appendage",
                    "DisableEntry:userRefNum,firm,appendage",
                    "EnableEntry:userRefNum,firm,appendage",
                    "Query:appendage",
                    "SystemEvent:timestampNs,code",
                    "Accepted:timestampNs,userRefNum,side,quantity,symbol,price,timeInForce,display,"
                            + "orderReference,capacity,interMarketSweep,crossType,state,appendage",
                    "Replaced:timestampNs,originalUserRefNum,userRefNum,side,quantity,symbol,price,"
                            + "timeInForce,display,orderReference,capacity,interMarketSweep,crossType,"
                            + "state,appendage",
                    "Canceled:timestampNs,userRefNum,quantity,reason,appendage",
                    "AiqCanceled:timestampNs,userRefNum,quantity,reason,quantityPrevented,price,"
                            + "liquidity,strategy,appendage",
                    "Executed:timestampNs,userRefNum,quantity,price,liquidity,matchNumber,appendage",
                    "BrokenTrade:timestampNs,userRefNum,matchNumber,reason,appendage",
                    "Rejected:timestampNs,userRefNum,reason,appendage",
                    "CancelPending:timestampNs,userRefNum,appendage",
                    "CancelReject:timestampNs,userRefNum,appendage",
                    "PriorityUpdate:timestampNs,userRefNum,price,display,orderReference,appendage",
                    "Modified:timestampNs,userRefNum,side,quantity,appendage",
                    "Restated:timestampNs,userRefNum,reason,appendage",
                    "MassCancelAck:timestampNs,userRefNum,firm,symbol,appendage",
                    "DisableAck:timestampNs,userRefNum,firm,appendage",
                    "EnableAck:timestampNs,userRefNum,firm,appendage",
                    "QueryAnswer:timestampNs,nextUserRefNum,appendage",
                    "NotApplied:timestampNs,first,count,appendage");

    @Property(tries = 200)
    void shouldReadBackWhatItWrote(@ForAll final long seed) throws Exception {
        final Random random = new Random(seed);
        for (final String line : MESSAGES) {
            final String message = line.substring(0, line.indexOf(':'));
            final List<String> names =
                    new ArrayList<>(
                            Arrays.asList(line.substring(line.indexOf(':') + 1).split(",")));
            final Map<String, Object> values = new LinkedHashMap<>();
            for (final String name : names) {
                values.put(name, value(random, message, name));
            }
            final byte[] bytes = MessageFields.encode(message, values);
            values.replaceAll(
                    (name, value) ->
                            value instanceof byte[] raw ? HexFormat.of().formatHex(raw) : value);
            assertEquals(values, MessageFields.decode(message, bytes, names), message);
        }
    }

    private static Object value(final Random random, final String message, final String name)
            throws Exception {
        if (name.equals("appendage")) {
            final byte[] elements = new byte[random.nextInt(64)];
            random.nextBytes(elements);
            return elements;
        }
        final long any = random.nextInt(4) == 0 ? -1 : random.nextLong();
        final Class<?> type = MessageFields.type(message, name);
        if (type == byte.class) {
            return (long) (byte) any;
        }
        if (type == int.class) {
            return name.equals("reason") ? any & 0xFFFF : (long) (int) any;
        }
        final boolean isWide =
                List.of("timestampNs", "symbol", "price", "orderReference", "matchNumber")
                        .contains(name);
        return isWide ? any : any & 0xFFFF_FFFFL;
    }
}
