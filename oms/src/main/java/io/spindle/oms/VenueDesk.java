package io.spindle.oms;

import io.spindle.oms.command.DefineVenueDecoder;
import io.spindle.oms.command.MessageHeaderDecoder;
import io.spindle.oms.command.SetRoutingDecoder;
import io.spindle.oms.command.SetVenueLinkDecoder;
import io.spindle.oms.command.SyncVenueDecoder;
import io.spindle.oms.command.VenueOrderDecoder;
import io.spindle.oms.command.VenueQuoteDecoder;
import io.spindle.oms.command.VenueReportDecoder;
import io.spindle.oms.command.VenueSyncedDecoder;

import org.agrona.DirectBuffer;

/**
 * Venues, routing and what connectors say, as commands. Every method answers with a {@link
 * RejectCode} number.
 */
final class VenueDesk {
    private final EngineState state;
    private final InstrumentTable instruments;
    private final AccountTable accounts;
    private final VenueTable venues;
    private final Slab records;
    private final VenueQuotes quotes;
    private final RouteTable routes;
    private final RateGate rates;
    private final RoutedOrders routed;
    private final VenueReports reports;
    private final Emitter accountEmitter;
    private final RoutingEmitter emitter;
    private final DefineVenueDecoder defineVenue = new DefineVenueDecoder();
    private final SetRoutingDecoder setRouting = new SetRoutingDecoder();
    private final SetVenueLinkDecoder setLink = new SetVenueLinkDecoder();
    private final VenueQuoteDecoder quote = new VenueQuoteDecoder();
    private final VenueReportDecoder report = new VenueReportDecoder();
    private final SyncVenueDecoder sync = new SyncVenueDecoder();
    private final VenueOrderDecoder order = new VenueOrderDecoder();
    private final VenueSyncedDecoder synced = new VenueSyncedDecoder();

    VenueDesk(
            final Tables tables,
            final RoutedOrders routed,
            final Emitter accountEmitter,
            final RoutingEmitter emitter) {
        this.state = tables.state;
        this.instruments = tables.instruments;
        this.accounts = tables.accounts;
        this.venues = tables.venues;
        this.records = tables.venues.records();
        this.quotes = tables.quotes;
        this.routes = tables.routes;
        this.rates = tables.venueRates;
        this.routed = routed;
        this.reports = new VenueReports(tables, routed, emitter);
        this.accountEmitter = accountEmitter;
        this.emitter = emitter;
    }

    int act(final MessageHeaderDecoder header, final DirectBuffer buffer, final int body) {
        final int block = header.blockLength();
        final int version = header.version();
        switch (header.templateId()) {
            case DefineVenueDecoder.TEMPLATE_ID:
                return define(defineVenue.wrap(buffer, body, block, version));
            case SetRoutingDecoder.TEMPLATE_ID:
                return route(setRouting.wrap(buffer, body, block, version));
            case SetVenueLinkDecoder.TEMPLATE_ID:
                return link(setLink.wrap(buffer, body, block, version));
            case VenueQuoteDecoder.TEMPLATE_ID:
                return quote(quote.wrap(buffer, body, block, version));
            case VenueReportDecoder.TEMPLATE_ID:
                return reports.report(report.wrap(buffer, body, block, version));
            case SyncVenueDecoder.TEMPLATE_ID:
                return sync(sync.wrap(buffer, body, block, version));
            case VenueOrderDecoder.TEMPLATE_ID:
                return reports.compare(order.wrap(buffer, body, block, version));
            case VenueSyncedDecoder.TEMPLATE_ID:
                return reports.synced(synced.wrap(buffer, body, block, version));
            default:
                return RejectCode.UNKNOWN_COMMAND.code;
        }
    }

    private int define(final DefineVenueDecoder command) {
        final int code = (int) command.venue();
        if (code == 0
                || code == VenueTable.HOME_CODE
                || command.timeoutNs() < 0
                || !isRate(command.perSecond(), command.burst())) {
            return RejectCode.FIELD.code;
        }
        int venue = venues.find(code);
        if (venue == VenueTable.NONE) {
            final long low = (long) code << Integer.SIZE | Ascii.BLANK & 0xFFFF_FFFFL;
            if (venues.isFull() || accounts.isFull()) {
                return RejectCode.TABLE_FULL.code;
            }
            if (accounts.find(VenueTable.ACCOUNT_HIGH, low) != AccountTable.NONE) {
                return RejectCode.DUPLICATE.code;
            }
            venue = venues.add(code, accounts.add(VenueTable.ACCOUNT_HIGH, low));
            accountEmitter.account(venues.account(venue));
        }
        records.putLong(venue, VenueTable.TIMEOUT_NS, command.timeoutNs());
        records.putInt(venue, VenueTable.PER_SECOND, (int) command.perSecond());
        records.putInt(venue, VenueTable.BURST, (int) command.burst());
        rates.set(venue, command.perSecond(), (int) command.burst(), RateGate.QUEUE);
        if (command.enabled() == 0) {
            state(venue, VenueTable.REMOVED);
            routed.abandonQueue(venue);
        } else {
            state(
                    venue,
                    venues.state(venue) == VenueTable.REMOVED
                            ? VenueTable.DOWN
                            : venues.state(venue));
        }
        return RejectCode.NONE.code;
    }

    private static boolean isRate(final long perSecond, final long burst) {
        return perSecond <= RateGate.MAX_PER_SECOND
                && burst <= RateGate.MAX_PER_SECOND
                && (perSecond == 0 || burst > 0);
    }

    private void state(final int venue, final int newState) {
        records.putByte(venue, VenueTable.STATE, newState);
        emitter.venue(venue, newState);
    }

    private int route(final SetRoutingDecoder command) {
        final boolean ofAccount = command.accountHigh() != Ascii.BLANK;
        final boolean ofInstrument = command.symbol() != Ascii.BLANK;
        final int account =
                ofAccount
                        ? accounts.find(command.accountHigh(), command.accountLow())
                        : AccountTable.NONE;
        final int instrument =
                ofInstrument ? instruments.find(command.symbol()) : InstrumentTable.NONE;
        if (ofAccount && account < AccountTable.HOUSE_ACCOUNTS) {
            return RejectCode.ACCOUNT.code;
        }
        if (ofInstrument && instrument == InstrumentTable.NONE) {
            return RejectCode.SYMBOL.code;
        }
        final int venue = venues.find((int) command.venue());
        final boolean home = command.venue() == 0 || (int) command.venue() == VenueTable.HOME_CODE;
        if (!home && venue == VenueTable.NONE) {
            return RejectCode.UNKNOWN_VENUE.code;
        }
        if (ofAccount && ofInstrument
                || !RouteTable.isStrategy(command.strategy())
                || command.maxAgeNs() < 0) {
            return RejectCode.FIELD.code;
        }
        final int line = routes.lineOf(account, instrument);
        routes.set(line, command.strategy(), venue, command.maxAgeNs());
        state.set(EngineState.ROUTING, 1);
        emitter.routing(line, command.strategy());
        return RejectCode.NONE.code;
    }

    /** A late word of a connector that is not the venue's any more changes nothing. */
    private int link(final SetVenueLinkDecoder command) {
        final int venue = venues.find((int) command.venue());
        if (venue == VenueTable.NONE || venues.state(venue) == VenueTable.REMOVED) {
            return RejectCode.UNKNOWN_VENUE.code;
        }
        if (command.up() == 0) {
            if ((int) command.adapter() == venues.adapter(venue)) {
                state(venue, VenueTable.DOWN);
            }
            return RejectCode.NONE.code;
        }
        if (!isRate(command.perSecond(), command.burst())) {
            return RejectCode.FIELD.code;
        }
        if (command.stream() != venues.stream(venue)) {
            records.putLong(venue, VenueTable.STREAM, command.stream());
            records.putLong(venue, VenueTable.LAST_SEQUENCE, 0);
        }
        records.putInt(venue, VenueTable.ADAPTER, (int) command.adapter());
        obey(venue, command.perSecond(), (int) command.burst());
        beginSync(venue);
        return RejectCode.NONE.code;
    }

    /**
     * Of the operator's rate and the venue's the lower one holds. One token of the venue's burst,
     * or a tenth of its rate, is left to the network: what was sent in time may arrive early.
     */
    private void obey(final int venue, final long announced, final int announcedBurst) {
        final long own = records.getInt(venue, VenueTable.PER_SECOND);
        final boolean ours = announced == 0 || own != 0 && own < announced;
        if (ours) {
            rates.set(venue, own, records.getInt(venue, VenueTable.BURST), RateGate.QUEUE);
        } else if (announcedBurst > 1) {
            rates.set(venue, announced, announcedBurst - 1, RateGate.QUEUE);
        } else {
            rates.set(venue, Math.max(1, announced - announced / 10), 1, RateGate.QUEUE);
        }
    }

    private void beginSync(final int venue) {
        records.putInt(venue, VenueTable.SYNC, venues.sync(venue) + 1);
        state(venue, VenueTable.CANCEL_ONLY);
    }

    private int quote(final VenueQuoteDecoder command) {
        final int venue = venues.find((int) command.venue());
        final int instrument = instruments.find(command.symbol());
        if (venue == VenueTable.NONE) {
            return RejectCode.UNKNOWN_VENUE.code;
        }
        if (instrument == InstrumentTable.NONE) {
            return RejectCode.SYMBOL.code;
        }
        if (command.bidPrice() < 0
                || command.bidQuantity() < 0
                || command.askPrice() < 0
                || command.askQuantity() < 0) {
            return RejectCode.FIELD.code;
        }
        quotes.set(
                venue,
                instrument,
                command.bidPrice(),
                command.bidQuantity(),
                command.askPrice(),
                command.askQuantity(),
                state.get(EngineState.TIME_NS));
        emitter.quote(venue, instrument, command.bidPrice(), command.askPrice());
        return RejectCode.NONE.code;
    }

    private int sync(final SyncVenueDecoder command) {
        final int venue = venues.find((int) command.venue());
        if (venue == VenueTable.NONE) {
            return RejectCode.UNKNOWN_VENUE.code;
        }
        if (venues.state(venue) < VenueTable.CANCEL_ONLY) {
            return RejectCode.VENUE_DOWN.code;
        }
        if (venues.state(venue) == VenueTable.OPEN) { // else one is under way, and may be half told
            beginSync(venue);
        }
        return RejectCode.NONE.code;
    }
}
