package io.spindle.loop;

import io.spindle.oms.MarketEvents;

/** Nobody watches. */
final class NoMarketEvents implements MarketEvents {
    @Override
    public void onSystemEvent(final int code) {}

    @Override
    public void onInstrument(final int instrument) {}

    @Override
    public void onTradingState(final int instrument, final int state) {}

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
