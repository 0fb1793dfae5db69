package io.spindle.oms;

import io.spindle.oms.command.BustTradeEncoder;
import io.spindle.oms.command.ClockAnchorEncoder;
import io.spindle.oms.command.CorrectTradeEncoder;
import io.spindle.oms.command.LinkBooksEncoder;
import io.spindle.oms.command.MessageHeaderEncoder;

import java.util.List;

/** What is done to trades, books and the clock of a {@link Market}, in the words of who does it. */
final class Supervisor {
    private final Market market;

    Supervisor(final Market market) {
        this.market = market;
    }

    private List<String> send(final int encodedLength) {
        market.onCommand(market.buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + encodedLength);
        return market.events.take();
    }

    List<String> bust(final long matchNumber, final char reason) {
        return send(
                new BustTradeEncoder()
                        .wrapAndApplyHeader(market.buffer, 0, market.header)
                        .requestHigh(0)
                        .requestLow(0)
                        .matchNumber(matchNumber)
                        .operatorId(7)
                        .reason((byte) reason)
                        .encodedLength());
    }

    List<String> correct(final long matchNumber, final long price) {
        return send(
                new CorrectTradeEncoder()
                        .wrapAndApplyHeader(market.buffer, 0, market.header)
                        .requestHigh(0)
                        .requestLow(0)
                        .matchNumber(matchNumber)
                        .price(price)
                        .operatorId(7)
                        .reason((byte) 'C')
                        .encodedLength());
    }

    List<String> link(final String symbol, final String other) {
        return send(
                new LinkBooksEncoder()
                        .wrapAndApplyHeader(market.buffer, 0, market.header)
                        .requestHigh(0)
                        .requestLow(0)
                        .symbol(Ascii.pack(symbol))
                        .otherSymbol(Ascii.pack(other))
                        .encodedLength());
    }

    List<String> clock(final long offsetNs) {
        return send(
                new ClockAnchorEncoder()
                        .wrapAndApplyHeader(market.buffer, 0, market.header)
                        .offsetNs(offsetNs)
                        .encodedLength());
    }
}
