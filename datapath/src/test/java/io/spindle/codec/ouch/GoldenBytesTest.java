package io.spindle.codec.ouch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.oms.Ascii;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Every message as bytes, typed in field by field from the tables of the specification, against the
 * codecs in both directions. Columns: direction, message, length by the specification, bytes,
 * fields.
 */
class GoldenBytesTest {
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
"""
c|Enter|47|4F 00000001 42 00000064 5350444C20202020 00000000000186A0 30 59 50 4E 4E 4D592D4F524445522D303030 3120 0000|messageType=O userRefNum=1 side=B quantity=100 symbol=SPDL price=100000 timeInForce=0 display=Y capacity=P interMarketSweep=N crossType=N clOrdId=MY-ORDER-0001 appendage=
c|Enter|50|4F FFFFFFFF 53 FFFFFFFF 524F545220202020 7FFFFFFFFFFFFFFF 33 4E 41 59 4F 2020202020202020202020202020 0003 021C07|messageType=O userRefNum=4294967295 side=S quantity=4294967295 symbol=ROTR price=9223372036854775807 timeInForce=3 display=N capacity=A interMarketSweep=Y crossType=O clOrdId= appendage=021C07
c|Replace|40|55 00000001 00000002 00000032 000000000001D4C0 30 59 4E 4142434445464748494A4B4C4D4E 0000|messageType=U originalUserRefNum=1 userRefNum=2 quantity=50 price=120000 timeInForce=0 display=Y interMarketSweep=N clOrdId=ABCDEFGHIJKLMN appendage=
c|Cancel|9|58 00000007 00000000|messageType=X userRefNum=7 quantity=0
c|Cancel|14|58 00000007 0000000A 0003 021C01|messageType=X userRefNum=7 quantity=10 appendage=021C01
c|Modify|10|4D 00000007 54 0000000A|messageType=M userRefNum=7 side=T quantity=10
c|MassCancel|19|43 00000008 54455354 2020202020202020 0000|messageType=C userRefNum=8 firm=TEST symbol= appendage=
c|MassCancel|25|43 00000008 54455354 5350444C20202020 0006 021B42 021C02|messageType=C userRefNum=8 firm=TEST symbol=SPDL appendage=021B42021C02
c|DisableEntry|11|44 00000009 54455354 0000|messageType=D userRefNum=9 firm=TEST appendage=
c|EnableEntry|11|45 0000000A 54455354 0000|messageType=E userRefNum=10 firm=TEST appendage=
c|Query|1|51|messageType=Q
s|SystemEvent|10|53 00001F1F5B6E8000 53|messageType=S timestampNs=34219538415616 code=S
s|Accepted|64|41 00001F1F5B6E8000 00000001 42 00000064 5350444C20202020 00000000000186A0 30 59 0000000000000011 50 4E 4E 4C 4D592D4F524445522D303030 3120 0000|messageType=A timestampNs=34219538415616 userRefNum=1 side=B quantity=100 symbol=SPDL price=100000 timeInForce=0 display=Y orderReference=17 capacity=P interMarketSweep=N crossType=N state=L clOrdId=MY-ORDER-0001 appendage=
s|Replaced|68|55 00001F1F5B6E8000 00000001 00000002 53 00000032 5350444C20202020 000000000001D4C0 30 59 0000000000000012 50 4E 4E 4C 2020202020202020202020202020 0000|messageType=U timestampNs=34219538415616 originalUserRefNum=1 userRefNum=2 side=S quantity=50 symbol=SPDL price=120000 timeInForce=0 display=Y orderReference=18 capacity=P interMarketSweep=N crossType=N state=L clOrdId= appendage=
s|Canceled|18|43 00001F1F5B6E8000 00000001 00000064 55|messageType=C timestampNs=34219538415616 userRefNum=1 quantity=100 reason=U
s|Canceled|23|43 00001F1F5B6E8000 00000001 00000064 55 0003 021C07|messageType=C timestampNs=34219538415616 userRefNum=1 quantity=100 reason=U appendage=021C07
s|AiqCanceled|32|44 00001F1F5B6E8000 00000001 00000064 51 00000032 00000000000186A0 52 4E|messageType=D timestampNs=34219538415616 userRefNum=1 quantity=100 reason=Q quantityPrevented=50 price=100000 liquidity=R strategy=N
s|Executed|36|45 00001F1F5B6E8000 00000001 0000003C 00000000000186A0 41 0000000000000005 0000|messageType=E timestampNs=34219538415616 userRefNum=1 quantity=60 price=100000 liquidity=A matchNumber=5 appendage=
s|BrokenTrade|36|42 00001F1F5B6E8000 00000001 0000000000000005 53 2020202020202020202020202020|messageType=B timestampNs=34219538415616 userRefNum=1 matchNumber=5 reason=S clOrdId=
s|Rejected|29|4A 00001F1F5B6E8000 00000001 001D 4D592D4F524445522D303030 3120|messageType=J timestampNs=34219538415616 userRefNum=1 reason=29 clOrdId=MY-ORDER-0001
s|CancelPending|13|50 00001F1F5B6E8000 00000001|messageType=P timestampNs=34219538415616 userRefNum=1
s|CancelReject|13|49 00001F1F5B6E8000 00000001|messageType=I timestampNs=34219538415616 userRefNum=1
s|CancelReject|19|49 00001F1F5B6E8000 00000001 0004 038E0108|messageType=I timestampNs=34219538415616 userRefNum=1 appendage=038E0108
s|PriorityUpdate|30|54 00001F1F5B6E8000 00000001 00000000000186A0 59 0000000000000013|messageType=T timestampNs=34219538415616 userRefNum=1 price=100000 display=Y orderReference=19
s|Modified|18|4D 00001F1F5B6E8000 00000001 42 00000028|messageType=M timestampNs=34219538415616 userRefNum=1 side=B quantity=40
s|Restated|16|52 00001F1F5B6E8000 00000001 52 0000|messageType=R timestampNs=34219538415616 userRefNum=1 reason=R appendage=
s|MassCancelAck|27|58 00001F1F5B6E8000 00000008 54455354 5350444C20202020 0000|messageType=X timestampNs=34219538415616 userRefNum=8 firm=TEST symbol=SPDL appendage=
s|DisableAck|19|47 00001F1F5B6E8000 00000009 54455354 0000|messageType=G timestampNs=34219538415616 userRefNum=9 firm=TEST appendage=
s|EnableAck|19|4B 00001F1F5B6E8000 0000000A 54455354 0000|messageType=K timestampNs=34219538415616 userRefNum=10 firm=TEST appendage=
s|QueryAnswer|13|51 00001F1F5B6E8000 0000000B|messageType=Q timestampNs=34219538415616 nextUserRefNum=11
s|NotApplied|19|4E 00001F1F5B6E8000 00000003 00000002 0000|messageType=N timestampNs=34219538415616 first=3 count=2 appendage=
""")
    void shouldReadAndWriteTheBytesOfTheSpecification(
            final String direction,
            final String message,
            final int length,
            final String hex,
            final String fields)
            throws Exception {
        final byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        assertEquals(length, bytes.length);
        final Map<String, Object> values = values(message, fields);
        assertArrayEquals(bytes, MessageFields.encode(message, values));
        values.replaceAll((name, value) -> shown(value));
        assertEquals(values, MessageFields.decode(message, bytes, values.keySet()));

        final MessageShape shape =
                direction.equals("c") ? MessageShape.fromClient() : MessageShape.fromServer();
        assertTrue(shape.isWhole(new UnsafeBuffer(bytes), 0, length));
        final byte[] longer = Arrays.copyOf(bytes, length + 1);
        assertFalse(shape.isWhole(new UnsafeBuffer(longer), 0, length + 1));
    }

    private static Map<String, Object> values(final String message, final String fields)
            throws Exception {
        final Map<String, Object> values = new LinkedHashMap<>();
        for (final String field : fields.split(" ")) {
            final String name = field.substring(0, field.indexOf('='));
            final String text = field.substring(field.indexOf('=') + 1);
            values.put(name, value(message, name, text));
        }
        return values;
    }

    private static Object value(final String message, final String name, final String text)
            throws Exception {
        return switch (name) {
            case "clOrdId" -> text;
            case "appendage" -> HexFormat.of().parseHex(text);
            case "symbol" -> Ascii.pack(text);
            case "firm" -> (long) Ascii.packInt(text);
            default ->
                    MessageFields.type(message, name) == byte.class
                            ? (Object) (long) text.charAt(0)
                            : (Object) Long.parseLong(text);
        };
    }

    private static Object shown(final Object value) {
        return value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value;
    }
}
