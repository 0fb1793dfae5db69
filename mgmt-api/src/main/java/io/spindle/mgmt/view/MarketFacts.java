package io.spindle.mgmt.view;

import io.spindle.oms.MarketEvents;

/**
 * Market events as facts: only what changes an instrument. The books themselves are read from the
 * engine.
 */
final class MarketFacts implements MarketEvents {
    private final EngineNames names;
    private final FactListener listener;

    MarketFacts(final EngineNames names, final FactListener listener) {
        this.names = names;
        this.listener = listener;
    }

    @Override
    public void onInstrument(final int instrument) {
        listener.on(names.refresh(instrument));
    }

    @Override
    public void onTradingState(final int instrument, final int state) {
        listener.on(names.refresh(instrument));
    }

    @Override
    public void onSystemEvent(final int code) {}

    @Override
    public void onOrderAdded(
            final int instrument,
            final long orderReference,
            final int side,
            final long quantity,
            final long price) {}

    @Override
    public void onOrderExecuted(
            final int instrument,
            final long orderReference,
            final long quantity,
            final long price,
            final long matchNumber) {}

    @Override
    public void onOrderReduced(
            final int instrument, final long orderReference, final long cancelledQuantity) {}

    @Override
    public void onOrderDeleted(final int instrument, final long orderReference) {}

    @Override
    public void onOrderReplaced(
            final int instrument,
            final long oldReference,
            final long newReference,
            final int side,
            final long quantity,
            final long price) {}

    @Override
    public void onHiddenTrade(
            final int instrument,
            final int side,
            final long quantity,
            final long price,
            final long matchNumber) {}
}
