package io.spindle.oms;

import io.spindle.matcher.Cold;
import io.spindle.matcher.Matcher;
import io.spindle.matcher.OrderTerms;

/**
 * What the public is told at the start of a day, since its feed begins anew: that it begins, every
 * instrument that was not removed with its state, and what goes with it, every displayed order
 * carried over, best price first.
 */
@Cold
final class DayOpening {
    private static final int START_OF_MESSAGES = 'O';

    private final EngineState state;
    private final InstrumentTable instruments;
    private final OrderTable orders;
    private final Matcher matcher;
    private final MarketEmitter emitter;
    private final AuctionCalls calls;

    DayOpening(final Tables tables, final Stages stages, final Matcher matcher) {
        this.state = tables.state;
        this.instruments = tables.instruments;
        this.orders = tables.orders;
        this.matcher = matcher;
        this.emitter = stages.market;
        this.calls = stages.calls;
    }

    void publish() {
        state.set(EngineState.MARKET_EVENTS, 0);
        emitter.systemEvent(START_OF_MESSAGES);
        for (int instrument = 1; instrument <= instruments.count(); instrument++) {
            if (!instruments.isRemoved(instrument)) {
                emitter.instrument(instrument);
                emitter.tradingState(instrument, instruments.tradingState(instrument));
                calls.restate(instrument);
            }
        }
        for (int instrument = 1; instrument <= instruments.count(); instrument++) {
            publishOrders(instrument, OrderTerms.BUY, 'B');
            publishOrders(instrument, OrderTerms.SELL, 'S');
        }
    }

    private void publishOrders(final int instrument, final int side, final int itchSide) {
        matcher.visitOrders(
                instrument,
                side,
                (order, priceTicks, lots) -> {
                    final long shown = orders.shown(order);
                    if (shown > 0) {
                        emitter.added(
                                instrument,
                                order,
                                itchSide,
                                shown,
                                priceTicks * instruments.tickSize(instrument));
                    }
                    return true;
                });
    }
}
