package io.spindle.shard;

import io.spindle.oms.Ascii;
import io.spindle.oms.CommandSink;
import io.spindle.oms.command.CancelOrderEncoder;
import io.spindle.oms.command.EnterOrderEncoder;
import io.spindle.oms.command.MessageHeaderEncoder;

import org.agrona.concurrent.UnsafeBuffer;

/** What members say of plain orders, as it stands in the log. */
public final class MemberCommands {
    private static final int LONGEST = 256;

    private MemberCommands() {}

    public static void enter(
            final CommandSink to,
            final int session,
            final long number,
            final char side,
            final long quantity,
            final long price,
            final String symbol) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[LONGEST]);
        final EnterOrderEncoder enter =
                new EnterOrderEncoder()
                        .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                        .session(session)
                        .userRefIdx((short) 0)
                        .side((byte) side)
                        .userRefNum(number)
                        .symbol(Ascii.pack(symbol))
                        .quantity(quantity)
                        .price(price)
                        .clOrdIdHigh(Ascii.pack("C" + number))
                        .clOrdIdLow(Ascii.BLANK)
                        .receivedNs(0)
                        .timeInForce((byte) '1')
                        .display((byte) 'Y')
                        .capacity((byte) 'A')
                        .interMarketSweep((byte) 'N')
                        .crossType((byte) 'N')
                        .putOptions(buffer, 0, 0);
        to.onCommand(buffer, 0, enter.limit());
    }

    /**
     * @param quantity what shall be left, 0 for nothing
     */
    public static void cancel(
            final CommandSink to, final int session, final long number, final long quantity) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[LONGEST]);
        final CancelOrderEncoder cancel =
                new CancelOrderEncoder()
                        .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                        .session(session)
                        .userRefIdx((short) 0)
                        .userRefNum(number)
                        .quantity(quantity)
                        .receivedNs(0);
        to.onCommand(buffer, 0, cancel.limit());
    }
}
