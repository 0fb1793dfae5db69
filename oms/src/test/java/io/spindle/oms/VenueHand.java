package io.spindle.oms;

import io.spindle.oms.command.DefineVenueEncoder;
import io.spindle.oms.command.MessageHeaderEncoder;
import io.spindle.oms.command.SetRoutingEncoder;
import io.spindle.oms.command.SetVenueLinkEncoder;
import io.spindle.oms.command.SyncVenueEncoder;
import io.spindle.oms.command.VenueOrderEncoder;
import io.spindle.oms.command.VenueQuoteEncoder;
import io.spindle.oms.command.VenueReportEncoder;
import io.spindle.oms.command.VenueSyncedEncoder;

import java.util.List;

/** What operators and the connectors of other venues do to a {@link Market}, in their words. */
final class VenueHand {
    static final long SECOND_NS = 1_000_000_000L;
    static final String ALL = "";
    private final Market market;
    private final String[] names;
    private final long[] sequences;

    /** Defines these venues and opens them, without limits or timeouts. */
    VenueHand(final Market market, final String... names) {
        this.market = market;
        this.names = names;
        this.sequences = new long[names.length];
        for (final String name : names) {
            define(name, 0, 0, 0, true);
            open(name);
        }
    }

    private List<String> send(final int encodedLength) {
        market.onCommand(market.buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + encodedLength);
        return market.events.take();
    }

    List<String> define(
            final String venue,
            final long timeoutNs,
            final int perSecond,
            final int burst,
            final boolean enabled) {
        return send(
                new DefineVenueEncoder()
                        .wrapAndApplyHeader(market.buffer, 0, market.header)
                        .requestHigh(0)
                        .requestLow(0)
                        .venue(Ascii.packInt(venue) & 0xFFFF_FFFFL)
                        .perSecond(perSecond)
                        .burst(burst)
                        .timeoutNs(timeoutNs)
                        .enabled((short) (enabled ? 1 : 0))
                        .encodedLength());
    }

    List<String> routing(
            final String account, final String symbol, final char strategy, final String venue) {
        return send(
                new SetRoutingEncoder()
                        .wrapAndApplyHeader(market.buffer, 0, market.header)
                        .requestHigh(0)
                        .requestLow(0)
                        .accountHigh(Ascii.pack(account))
                        .accountLow(Ascii.pack(account, 8))
                        .symbol(Ascii.pack(symbol))
                        .maxAgeNs(SECOND_NS)
                        .venue(Ascii.packInt(venue) & 0xFFFF_FFFFL)
                        .strategy((byte) strategy)
                        .encodedLength());
    }

    void open(final String venue) {
        link(venue, 1, true, 0, 0);
        synced(venue, -1);
    }

    List<String> link(
            final String venue,
            final int adapter,
            final boolean up,
            final int perSecond,
            final int burst) {
        return send(
                new SetVenueLinkEncoder()
                                .wrapAndApplyHeader(market.buffer, 0, market.header)
                                .requestHigh(0)
                                .requestLow(0)
                                .stream(2026112001)
                                .venue(Ascii.packInt(venue) & 0xFFFF_FFFFL)
                                .adapter(adapter)
                                .perSecond(perSecond)
                                .burst(burst)
                                .up((short) (up ? 1 : 0))
                                .encodedLength());
    }

    List<String> quote(
            final String venue,
            final long bid,
            final long bidLots,
            final long ask,
            final long askLots) {
        return send(
                new VenueQuoteEncoder()
                        .wrapAndApplyHeader(market.buffer, 0, market.header)
                        .requestHigh(0)
                        .requestLow(0)
                        .symbol(Ascii.pack("SPDL"))
                        .bidPrice(bid)
                        .bidQuantity(bidLots)
                        .askPrice(ask)
                        .askQuantity(askLots)
                        .venue(Ascii.packInt(venue) & 0xFFFF_FFFFL)
                        .encodedLength());
    }

    /** The next report of a venue. */
    List<String> report(
            final String venue,
            final char kind,
            final int number,
            final long lots,
            final long price) {
        final int index = List.of(names).indexOf(venue);
        return report(venue, ++sequences[index], kind, number, lots, price);
    }

    List<String> report(
            final String venue,
            final long sequence,
            final char kind,
            final int number,
            final long lots,
            final long price) {
        return send(
                new VenueReportEncoder()
                        .wrapAndApplyHeader(market.buffer, 0, market.header)
                        .requestHigh(0)
                        .requestLow(0)
                        .sequence(sequence)
                        .quantity(lots)
                        .price(price)
                        .venue(Ascii.packInt(venue) & 0xFFFF_FFFFL)
                        .number(number & 0xFFFF_FFFFL)
                        .reason(0)
                        .kind((byte) kind)
                        .liquidity((byte) 'R')
                        .encodedLength());
    }

    List<String> sync(final String venue) {
        return send(
                new SyncVenueEncoder()
                        .wrapAndApplyHeader(market.buffer, 0, market.header)
                        .requestHigh(0)
                        .requestLow(0)
                        .venue(Ascii.packInt(venue) & 0xFFFF_FFFFL)
                        .encodedLength());
    }

    List<String> has(
            final String venue,
            final int number,
            final long executed,
            final long executedValue,
            final long open) {
        return send(
                new VenueOrderEncoder()
                        .wrapAndApplyHeader(market.buffer, 0, market.header)
                        .requestHigh(0)
                        .requestLow(0)
                        .executed(executed)
                        .executedValue(executedValue)
                        .open(open)
                        .venue(Ascii.packInt(venue) & 0xFFFF_FFFFL)
                        .number(number & 0xFFFF_FFFFL)
                        .encodedLength());
    }

    List<String> synced(final String venue, final int throughNumber) {
        return send(
                new VenueSyncedEncoder()
                        .wrapAndApplyHeader(market.buffer, 0, market.header)
                        .requestHigh(0)
                        .requestLow(0)
                        .venue(Ascii.packInt(venue) & 0xFFFF_FFFFL)
                        .throughNumber(throughNumber & 0xFFFF_FFFFL)
                        .encodedLength());
    }
}
