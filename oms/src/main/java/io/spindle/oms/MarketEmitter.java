package io.spindle.oms;

/** The way out of the engine for what the public may see; see {@link Emitter}. */
final class MarketEmitter {
    private static final int SYSTEM = 20;
    private static final int INSTRUMENT = 21;
    private static final int TRADING_STATE = 22;
    private static final int ADDED = 23;
    private static final int BOOK_EXECUTED = 24;
    private static final int REDUCED = 25;
    private static final int DELETED = 26;
    private static final int BOOK_REPLACED = 27;
    private static final int HIDDEN_TRADE = 28;
    private static final int TRADE_BROKEN = 29;
    private static final int CROSSED = 30;
    private static final int CROSS_TRADE = 31;
    private static final int OPERATIONAL_HALT = 32;
    private static final int COLLAR = 33;
    private static final int INDICATION = 34;

    private static final int ATTRIBUTED = 'A';

    private final EngineState state;
    private final OrderTable orders;
    private final SessionTable sessions;
    private final Digest digest;
    private final MarketEvents marketEvents;

    MarketEmitter(final Tables tables, final Digest digest, final MarketEvents marketEvents) {
        this.state = tables.state;
        this.orders = tables.orders;
        this.sessions = tables.sessions;
        this.digest = digest;
        this.marketEvents = marketEvents;
    }

    void systemEvent(final int code) {
        digest.fold(SYSTEM, code, 0, 0);
        count();
        marketEvents.onSystemEvent(code);
    }

    void instrument(final int instrument) {
        digest.fold(INSTRUMENT, instrument, 0, 0);
        count();
        marketEvents.onInstrument(instrument);
    }

    void tradingState(final int instrument, final int tradingState) {
        digest.fold(TRADING_STATE, instrument, tradingState, 0);
        count();
        marketEvents.onTradingState(instrument, tradingState);
    }

    void added(
            final int instrument,
            final int order,
            final int side,
            final long quantity,
            final long price) {
        final long reference = orders.orderReference(order);
        digest.fold(ADDED, reference, quantity, price);
        count();
        if (orders.display(order) == ATTRIBUTED) {
            final int firm = sessions.firm(orders.session(order));
            marketEvents.onAttributedOrderAdded(instrument, reference, side, quantity, price, firm);
        } else {
            marketEvents.onOrderAdded(instrument, reference, side, quantity, price);
        }
    }

    void bookExecuted(
            final int instrument,
            final long reference,
            final long quantity,
            final long price,
            final long matchNumber) {
        digest.fold(BOOK_EXECUTED, reference, quantity, matchNumber);
        count();
        marketEvents.onOrderExecuted(instrument, reference, quantity, price, matchNumber);
    }

    void reduced(final int instrument, final long reference, final long quantity) {
        digest.fold(REDUCED, reference, quantity, instrument);
        count();
        marketEvents.onOrderReduced(instrument, reference, quantity);
    }

    void deleted(final int instrument, final long reference) {
        digest.fold(DELETED, reference, instrument, 0);
        count();
        marketEvents.onOrderDeleted(instrument, reference);
    }

    void bookReplaced(
            final int instrument,
            final long oldReference,
            final long newReference,
            final int side,
            final long quantity,
            final long price) {
        digest.fold(BOOK_REPLACED, newReference, quantity, price);
        count();
        marketEvents.onOrderReplaced(instrument, oldReference, newReference, side, quantity, price);
    }

    void hiddenTrade(
            final int instrument,
            final int side,
            final long quantity,
            final long price,
            final long matchNumber) {
        digest.fold(HIDDEN_TRADE, matchNumber, quantity, price);
        count();
        marketEvents.onHiddenTrade(instrument, side, quantity, price, matchNumber);
    }

    void tradeBroken(final int instrument, final long matchNumber) {
        digest.fold(TRADE_BROKEN, matchNumber, instrument, 0);
        count();
        marketEvents.onTradeBroken(instrument, matchNumber);
    }

    void crossed(
            final int instrument,
            final long reference,
            final long quantity,
            final long price,
            final long matchNumber) {
        digest.fold(CROSSED, reference, quantity, matchNumber);
        count();
        marketEvents.onOrderCrossed(instrument, reference, quantity, price, matchNumber);
    }

    void crossTrade(
            final int instrument,
            final long quantity,
            final long price,
            final long matchNumber,
            final int cross) {
        digest.fold(CROSS_TRADE, quantity, price, matchNumber);
        count();
        marketEvents.onCrossTrade(instrument, quantity, price, matchNumber, cross);
    }

    void operationalHalt(final int instrument, final boolean halted) {
        digest.fold(OPERATIONAL_HALT, instrument, halted ? 1 : 0, 0);
        count();
        marketEvents.onOperationalHalt(instrument, halted);
    }

    void collar(final int instrument, final long upper, final long lower) {
        digest.fold(COLLAR, instrument, upper, lower);
        count();
        marketEvents.onCollar(instrument);
    }

    void indication(
            final int instrument,
            final long price,
            final long paired,
            final long imbalance,
            final int cross) {
        digest.fold(INDICATION, price, paired, imbalance);
        count();
        marketEvents.onIndication(instrument, price, paired, imbalance, cross);
    }

    private void count() {
        state.next(EngineState.MARKET_EVENTS);
    }
}
