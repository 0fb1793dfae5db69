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
}
