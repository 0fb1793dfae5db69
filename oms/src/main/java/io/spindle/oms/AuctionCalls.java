package io.spindle.oms;

import io.spindle.matcher.AuctionOutcome;
import io.spindle.matcher.Matcher;
import io.spindle.matcher.TradingState;

/**
 * What the public is told while a book is in a call: the collar, if there is one, when the call
 * begins and whenever it moves, and once a second what the auction would do now. And that a book is
 * halted, or no longer.
 */
final class AuctionCalls {
    /** Between two indications of a book. */
    static final long INTERVAL_NS = 1_000_000_000;

    private static final int HALTED = 'H';

    private final EngineState state;
    private final InstrumentTable instruments;
    private final TimerQueue timers;
    private final MarketEmitter market;
    private final AuctionOutcome outcome = new AuctionOutcome();
    private Matcher matcher;

    AuctionCalls(final Tables tables, final MarketEmitter market) {
        this.state = tables.state;
        this.instruments = tables.instruments;
        this.timers = tables.callTimers;
        this.market = market;
    }

    /** The matcher is made after its listener. */
    void connect(final Matcher newMatcher) {
        matcher = newMatcher;
    }

    /** The book has gone from this trading state into the one it has now. */
    void changed(final int instrument, final int before) {
        final int now = instruments.tradingState(instrument);
        if ((before == HALTED) != (now == HALTED)) {
            market.operationalHalt(instrument, now == HALTED);
        }
        if (instruments.isInCall(instrument)) {
            instruments.collarExtensions(instrument, 0);
            publishCollar(instrument);
            indicate(instrument);
        } else {
            timers.clear(instrument);
        }
    }

    /** A new day: said again of a book that is halted or in a call. */
    void restate(final int instrument) {
        if (instruments.tradingState(instrument) == HALTED) {
            market.operationalHalt(instrument, true);
        }
        publishCollar(instrument);
    }

    /** The band or its reference was set: in a call the collar moves with them. */
    void bandSet(final int instrument) {
        instruments.collarExtensions(instrument, instruments.collarExtensions(instrument) + 1);
        publishCollar(instrument);
    }

    /** Whether the auction would trade within the collar. */
    boolean fitsCollar(final int instrument) {
        matcher.indicative(instrument, outcome);
        final long price = outcome.priceTicks * instruments.tickSize(instrument);
        return price == 0
                || !instruments.hasCollar(instrument)
                || price <= instruments.upperBand(instrument)
                        && price >= instruments.lowerBand(instrument);
    }

    /** The earliest indication, {@link Long#MAX_VALUE} when no book is in a call. */
    long nextDeadlineNs() {
        return timers.nextDeadlineNs();
    }

    /** Indicates one book whose time has come. */
    void tick() {
        if (timers.nextDeadlineNs() <= state.get(EngineState.TIME_NS)) {
            indicate(timers.nextId());
        }
    }

    /** In the middle of an uncross there is nothing to say; the next second may know more. */
    private void indicate(final int instrument) {
        timers.set(instrument, state.get(EngineState.TIME_NS) + INTERVAL_NS);
        if (matcher.state(instrument) != TradingState.UNCROSSING) {
            matcher.indicative(instrument, outcome);
            market.indication(
                    instrument,
                    outcome.priceTicks * instruments.tickSize(instrument),
                    outcome.lots,
                    outcome.imbalanceLots,
                    cross(instruments.tradingState(instrument)));
        }
    }

    private void publishCollar(final int instrument) {
        if (instruments.hasCollar(instrument)) {
            market.collar(
                    instrument,
                    instruments.upperBand(instrument),
                    instruments.lowerBand(instrument));
        }
    }

    /** What kind of auction ends this call: O opening, C closing, H after a halt or in between. */
    static int cross(final int call) {
        return call == 'Q' ? 'O' : call == 'C' ? 'C' : 'H';
    }
}
