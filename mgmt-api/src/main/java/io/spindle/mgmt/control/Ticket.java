package io.spindle.mgmt.control;

import io.spindle.oms.Ascii;
import io.spindle.oms.OptionBlock;
import io.spindle.oms.command.EnterOrderEncoder;
import io.spindle.oms.command.MessageHeaderEncoder;
import io.spindle.oms.command.OrderOptionsEncoder;
import io.spindle.oms.command.ReplaceOrderEncoder;

import org.agrona.concurrent.UnsafeBuffer;

import java.util.UUID;

/**
 * An order as an operator writes it down for a session. Its numbers are a series of their own, so
 * that they never meet those of the session's client.
 *
 * @param price wire price, {@link #MARKET} for a market order
 * @param timeInForce 0 day, 1 good till cancelled, 3 immediate or cancel, 4 fill or kill
 * @param clientOrderId at most 14 characters
 * @param options what else it may have
 */
public record Ticket(
        int session,
        char side,
        String symbol,
        long quantity,
        long price,
        char timeInForce,
        char display,
        String clientOrderId,
        Options options) {
    /** The series of numbers that belongs to operators. */
    public static final int SERIES = 255;

    public static final long MARKET = Long.MAX_VALUE;
    private static final int CLIENT_ORDER_ID_SPLIT = 8;

    /**
     * Options; 0 means that it was not asked for.
     *
     * @param account empty for the session's own
     * @param shown lots of an iceberg that are shown
     * @param stopPrice wire price at which it wakes up
     * @param linkRole P parent, T take profit, S stop loss, O one cancels other
     * @param linkId number, in this series, of the order that it is linked to
     */
    public record Options(
            String account,
            long minQuantity,
            long shown,
            long stopPrice,
            char linkRole,
            long linkId) {
        public static Options none() {
            return new Options("", 0, 0, 0, (char) 0, 0);
        }

        public Options linked(final char role, final long to) {
            return new Options(account, minQuantity, shown, stopPrice, role, to);
        }
    }

    public Ticket linked(final char role, final long to) {
        return new Ticket(
                session,
                side,
                symbol,
                quantity,
                price,
                timeInForce,
                display,
                clientOrderId,
                options.linked(role, to));
    }

    /** The stop-loss beside a take-profit, which it names; beside none if that is 0. */
    public Ticket asStopLoss(final long takeProfit) {
        return linked('S', takeProfit);
    }

    AdminCommand enter(final long number) {
        return AdminCommand.unnumbered(
                (buffer, header) -> {
                    final EnterOrderEncoder command = new EnterOrderEncoder();
                    command.wrapAndApplyHeader(buffer, 0, header)
                            .session(session)
                            .userRefIdx((short) SERIES)
                            .side((byte) side)
                            .userRefNum(number)
                            .symbol(Ascii.pack(symbol))
                            .quantity(quantity)
                            .price(price)
                            .clOrdIdHigh(Ascii.pack(clientOrderId))
                            .clOrdIdLow(Ascii.pack(clientOrderId, CLIENT_ORDER_ID_SPLIT))
                            .receivedNs(0)
                            .timeInForce((byte) timeInForce)
                            .display((byte) display)
                            .capacity((byte) 'A')
                            .interMarketSweep((byte) 'N')
                            .crossType((byte) 'N');
                    final byte[] block = block();
                    command.putOptions(block, 0, block.length);
                    return command.limit();
                });
    }

    /** Puts this in the place of an order of the same session and series. */
    AdminCommand replace(final long original, final long number) {
        return AdminCommand.unnumbered(
                (buffer, header) -> {
                    final ReplaceOrderEncoder command = new ReplaceOrderEncoder();
                    command.wrapAndApplyHeader(buffer, 0, header)
                            .session(session)
                            .userRefIdx((short) SERIES)
                            .timeInForce((byte) timeInForce)
                            .originalUserRefNum(original)
                            .userRefNum(number)
                            .display((byte) display)
                            .interMarketSweep((byte) 'N')
                            .quantity(quantity)
                            .price(price)
                            .clOrdIdHigh(Ascii.pack(clientOrderId))
                            .clOrdIdLow(Ascii.pack(clientOrderId, CLIENT_ORDER_ID_SPLIT))
                            .receivedNs(0);
                    final byte[] block = block();
                    command.putOptions(block, 0, block.length);
                    return command.limit();
                });
    }

    private byte[] block() {
        if (options.equals(Options.none())) {
            return new byte[0];
        }
        final byte[] block = new byte[OptionBlock.LENGTH];
        final OrderOptionsEncoder encoder =
                OptionBlock.begin(
                        new OrderOptionsEncoder(),
                        new MessageHeaderEncoder(),
                        new UnsafeBuffer(block),
                        0);
        if (!options.account.isEmpty()) {
            encoder.accountHigh(Ascii.pack(options.account))
                    .accountLow(Ascii.pack(options.account, Long.BYTES));
        }
        if (options.minQuantity != 0) {
            encoder.minQuantity(options.minQuantity);
        }
        if (options.shown != 0) {
            encoder.maxFloor(options.shown);
        }
        if (options.stopPrice != 0) {
            encoder.stopPrice(options.stopPrice).trigger((byte) 'L');
        }
        if (options.linkRole != 0) {
            encoder.linkRole((byte) options.linkRole).linkId(options.linkId);
        }
        return block;
    }

    /** An id for a ticket that came without one. */
    public static String anyClientOrderId() {
        return "T" + Long.toString(UUID.randomUUID().getMostSignificantBits() >>> 1, 36);
    }
}
