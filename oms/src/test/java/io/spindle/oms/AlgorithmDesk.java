package io.spindle.oms;

import io.spindle.oms.command.MessageHeaderEncoder;
import io.spindle.oms.command.ReplaceOrderEncoder;
import io.spindle.oms.command.StartAlgorithmEncoder;
import io.spindle.oms.command.StopAlgorithmEncoder;

import java.util.List;

/** Starts and stops algorithms of a {@link Market}. */
final class AlgorithmDesk {
    static final long SECOND = 1_000_000_000L;

    private final Market market;
    private final Desk desk;

    AlgorithmDesk(final Market market) {
        this.market = market;
        this.desk = new Desk(market);
    }

    /** An algorithm by time that begins at once, for tests to spoil. */
    StartAlgorithmEncoder twap(
            final String session,
            final char side,
            final long quantity,
            final long price,
            final int slices) {
        return new StartAlgorithmEncoder()
                .wrapAndApplyHeader(market.buffer, 0, market.header)
                .requestHigh(0)
                .requestLow(0)
                .username(Ascii.pack(session))
                .symbol(Ascii.pack("SPDL"))
                .quantity(quantity)
                .price(price)
                .delayNs(0)
                .intervalNs(SECOND)
                .accountHigh(Ascii.BLANK)
                .accountLow(Ascii.BLANK)
                .clOrdIdHigh(Ascii.pack("ALGO"))
                .clOrdIdLow(Ascii.BLANK)
                .slices(slices)
                .participationBps(0)
                .kind((byte) 'T')
                .side((byte) side)
                .capacity((byte) 'A');
    }

    StartAlgorithmEncoder pov(
            final String session,
            final char side,
            final long quantity,
            final long price,
            final int slices,
            final int participationBps) {
        return twap(session, side, quantity, price, slices)
                .kind((byte) 'V')
                .participationBps(participationBps);
    }

    List<String> start(final StartAlgorithmEncoder encoder) {
        return send(encoder.encodedLength());
    }

    List<String> stop(final String session, final int number) {
        return send(
                new StopAlgorithmEncoder()
                        .wrapAndApplyHeader(market.buffer, 0, market.header)
                        .requestHigh(0)
                        .requestLow(0)
                        .username(Ascii.pack(session))
                        .number(number)
                        .operatorId(7)
                        .encodedLength());
    }

    /** A client tries to change one of its orders. */
    List<String> replace(final int session, final int original, final int number) {
        final ReplaceOrderEncoder encoder =
                new ReplaceOrderEncoder()
                        .wrapAndApplyHeader(market.buffer, 0, market.header)
                        .session(session)
                        .userRefIdx((short) AlgorithmTable.SERIES)
                        .timeInForce((byte) '0')
                        .originalUserRefNum(original)
                        .userRefNum(number)
                        .display((byte) 'Y')
                        .interMarketSweep((byte) 'N')
                        .quantity(20)
                        .price(100_000)
                        .clOrdIdHigh(Ascii.BLANK)
                        .clOrdIdLow(Ascii.BLANK)
                        .receivedNs(market.nowNs);
        encoder.putOptions(new byte[0], 0, 0);
        return send(encoder.encodedLength());
    }

    /** Ticks until nothing waits any more. */
    void finish() {
        while (market.engine.algorithms().open() > 0) {
            if (market.engine.pendingContinue() != 0) {
                desk.proceed();
            } else {
                desk.tick();
            }
        }
    }

    private List<String> send(final int encodedLength) {
        market.onCommand(market.buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + encodedLength);
        return market.events.take();
    }
}
