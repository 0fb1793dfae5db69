package io.spindle.oms;

import io.spindle.matcher.MatchListener;
import io.spindle.matcher.OrderTerms;

/** What the matcher did, put into the tables, the ledger and the event streams. */
final class Executions implements MatchListener {
    /** Lots taken away are reported as cancelled. */
    static final int REPORT = 0;

    /** A modify: the caller reports it; what is linked with the order is reported all the same. */
    static final int SILENT = 1;

    /** An order takes in a book that it will not rest in: what it does not get is not cancelled. */
    static final int PASSING = 2;

    private static final char NOT_DISPLAYED = 'N';

    private final EngineState state;
    private final OrderTable orders;
    private final Slab records;
    private final InstrumentTable instruments;
    private final TradeTable trades;
    private final Ledger ledger;
    private final Reservations reservations;
    private final Lifecycle lifecycle;
    private final OrderEnds ends;
    private final CustomChecks custom;
    private final OrderLinks links;
    private final AlgorithmProgress algorithms;
    private final AuctionCalls calls;
    private final Foresight foresight;
    private final Emitter emitter;
    private final CancelReports cancelReports;
    private final MarketEmitter market;
    private final PublicBook publicBook;
    private final OrderLegs legs;

    /** Scratch of the command in hand: how {@link #onCancelled} speaks. */
    private int mode;

    /** Scratch of {@link #PASSING}: the order, and what it did not get. */
    private int passing;

    private long passingLeft;

    /** Scratch of a replace in hand: the reference that the public still sees, else 0. */
    private long replacedReference;

    Executions(final Tables tables, final Stages stages) {
        this.state = tables.state;
        this.orders = tables.orders;
        this.records = tables.orders.records();
        this.instruments = tables.instruments;
        this.trades = tables.trades;
        this.ledger = stages.ledger;
        this.reservations = stages.reservations;
        this.lifecycle = stages.lifecycle;
        this.ends = stages.ends;
        this.custom = stages.custom;
        this.links = new OrderLinks(tables);
        this.algorithms = stages.algorithms;
        this.calls = stages.calls;
        this.foresight = stages.foresight;
        this.emitter = stages.emitter;
        this.cancelReports = new CancelReports(stages.emitter);
        this.market = stages.market;
        this.publicBook = new PublicBook(tables, stages.market);
        this.legs = new OrderLegs(tables.orders);
    }

    void mode(final int newMode) {
        mode = newMode;
    }

    void pass(final int order) {
        mode = PASSING;
        passing = order;
        passingLeft = 0;
    }

    /** Lots that are still to be had after {@link #pass}; 0 when the order is done. */
    long passed() {
        mode = REPORT;
        return passingLeft;
    }

    /** The order is about to enter anew under another reference. */
    void replacing(final int order, final long oldReference) {
        replacedReference = records.getLong(order, OrderTable.SHOWN) > 0 ? oldReference : 0;
        records.putLong(order, OrderTable.SHOWN, 0);
    }

    @Override
    public void onFill(
            final int book,
            final int maker,
            final int taker,
            final long priceTicks,
            final long lots,
            final long makerLeavesLots,
            final long takerLeavesLots) {
        withdrawReplaced(book);
        trade(book, maker, taker, priceTicks, lots, makerLeavesLots, takerLeavesLots, false);
    }

    @Override
    public void onRested(
            final int book,
            final int order,
            final int side,
            final long priceTicks,
            final long displayedLots) {
        final long shown = orders.display(order) == NOT_DISPLAYED ? 0 : displayedLots;
        records.putLong(order, OrderTable.SHOWN, shown);
        if (shown == 0) {
            withdrawReplaced(book);
            return;
        }
        final long reference = orders.orderReference(order);
        final long price = priceTicks * instruments.tickSize(book);
        final int itchSide = side == OrderTerms.BUY ? 'B' : 'S';
        if (replacedReference != 0) {
            market.bookReplaced(book, replacedReference, reference, itchSide, shown, price);
            replacedReference = 0;
        } else {
            market.added(book, order, itchSide, shown, price);
        }
    }

    @Override
    public void onCancelled(
            final int book,
            final int order,
            final long cancelledLots,
            final long leavesLots,
            final int reason,
            final boolean wasResting) {
        final int why = CancelReason.of(reason);
        if (mode == PASSING && order == passing && why != CancelReason.SWEEP_BOUND) {
            passingLeft = cancelledLots;
            return;
        }
        withdrawReplaced(book);
        final long left = leavesLots + legs.away(order);
        reservations.resize(order, orders.leaves(order), left);
        records.putLong(order, OrderTable.LEAVES, left);
        if (mode != SILENT || why == CancelReason.LINKED_ORDER) {
            cancelReports.report(order, cancelledLots, why);
        }
        if (wasResting) {
            publicBook.cancelled(book, order, leavesLots);
        }
        algorithms.cancelled(order, cancelledLots);
        if (left == 0) {
            ends.close(order, CancelReason.end(why));
        }
    }

    @Override
    public void onSelfTrade(
            final int book,
            final int maker,
            final int taker,
            final long priceTicks,
            final long lots) {
        cancelReports.selfTrade(maker, priceTicks * instruments.tickSize(book), lots);
    }

    @Override
    public void onHeld(final int book, final int order) {
        withdrawReplaced(book);
    }

    @Override
    public void onTriggered(final int book, final int order, final boolean fired) {
        if (fired) {
            orders.options().fired(order);
        }
        emitter.restated(order, RestateReason.TRIGGERED);
    }

    @Override
    public long limitOfReleased(final int book, final int order, final long limitTicks) {
        return instruments.isMarketPrice(book, orders.price(order))
                ? reservations.collarTicks(order, limitTicks)
                : limitTicks;
    }

    @Override
    public void onWoken(final int book, final int order, final long lots) {
        reservations.wake(order, lots);
        final boolean changed = orders.leaves(order) != lots;
        records.putLong(order, OrderTable.QUANTITY, lots);
        records.putLong(order, OrderTable.LEAVES, lots);
        if (changed) {
            emitter.modified(order);
        }
    }

    /** The next peak is a new order to the public: it has a new place, hence a new reference. */
    @Override
    public void onReplenished(
            final int book,
            final int order,
            final int side,
            final long priceTicks,
            final long displayedLots) {
        orders.options().rename(order, state.next(EngineState.ORDER_REFERENCE));
        records.putLong(order, OrderTable.SHOWN, displayedLots);
        emitter.restated(order, RestateReason.REFRESH);
        market.added(
                book,
                order,
                side == OrderTerms.BUY ? 'B' : 'S',
                displayedLots,
                priceTicks * instruments.tickSize(book));
    }

    /**
     * Neither took, both pay as makers; the public sees what each traded, then one trade of all.
     */
    @Override
    public void onUncrossed(
            final int book,
            final int buy,
            final int sell,
            final long priceTicks,
            final long lots,
            final long buyLeavesLots,
            final long sellLeavesLots) {
        trade(book, buy, sell, priceTicks, lots, buyLeavesLots, sellLeavesLots, true);
    }

    private void trade(
            final int book,
            final int maker,
            final int other,
            final long priceTicks,
            final long lots,
            final long makerLeavesLots,
            final long otherLeavesLots,
            final boolean bothRested) {
        foresight.order(maker);
        final long price = priceTicks * instruments.tickSize(book);
        final long value = instruments.value(book, price, lots);
        final int trade = trades.add(maker, other, bothRested, lots, price, value);
        final long matchNumber = state.get(EngineState.MATCH_NUMBER);
        final long makerLeft = makerLeavesLots + legs.away(maker);
        final long otherLeft = otherLeavesLots + legs.away(other);
        fill(maker, lots, value, makerLeft);
        fill(other, lots, value, otherLeft);
        instruments.traded(book, price, lots);
        emitter.executed(maker, lots, price, true, matchNumber);
        emitter.executed(other, lots, price, bothRested, matchNumber);
        if (bothRested) {
            instruments.addToCross(book, lots);
            publicBook.crossed(book, maker, lots, price, matchNumber);
            publicBook.crossed(book, other, lots, price, matchNumber);
        } else {
            publicBook.filled(book, maker, lots, price, matchNumber);
        }
        ledger.settle(trade);
        after(maker, book, lots, price, value, makerLeft);
        after(other, book, lots, price, value, otherLeft);
    }

    /** A fill at another venue, against that venue's slots; the public feed tells nothing of it. */
    void filledAway(
            final int order,
            final int venueCash,
            final int venueHolding,
            final long lots,
            final long price,
            final boolean maker) {
        final int book = orders.instrument(order);
        final long value = instruments.value(book, price, lots);
        final long left = orders.leaves(order) - lots;
        final int trade = trades.addAway(order, venueCash, venueHolding, maker, lots, price, value);
        fill(order, lots, value, left);
        emitter.executed(order, lots, price, maker, state.get(EngineState.MATCH_NUMBER));
        ledger.settle(trade);
        after(order, book, lots, price, value, left);
    }

    @Override
    public void onTradingState(final int book, final int tradingState) {
        final int code = Configuration.code(tradingState);
        if (code != 0) {
            publishCross(book);
            final int before = instruments.tradingState(book);
            instruments.records().putByte(book, InstrumentTable.TRADING_STATE, code);
            market.tradingState(book, code);
            calls.changed(book, before);
        }
    }

    /** What a fill means to those who watch, and the end of an order that is done. */
    private void after(
            final int order,
            final int book,
            final long lots,
            final long price,
            final long value,
            final long leavesLots) {
        final int child = links.sleepingChild(order);
        if (child != OrderTable.NONE) {
            reservations.accrue(child, lots);
        }
        if (custom.count() > 0) {
            custom.onTrade(orders.account(order), book, orders.side(order) == 'B', lots, price);
        }
        algorithms.filled(order, lots, value);
        if (leavesLots == 0) {
            ends.close(order, OrderState.FILLED);
        }
    }

    private void fill(final int order, final long lots, final long value, final long leavesLots) {
        reservations.resize(order, leavesLots + lots, leavesLots);
        records.putLong(order, OrderTable.LEAVES, leavesLots);
        records.putLong(order, OrderTable.EXECUTED, orders.executed(order) + lots);
        records.putLong(order, OrderTable.VALUE, orders.executedValue(order) + value);
        if (leavesLots > 0) {
            lifecycle.move(order, OrderState.PARTIALLY_FILLED);
        }
    }

    /** The auction is over when its book goes into another state. */
    private void publishCross(final int book) {
        final long lots = instruments.takeCross(book);
        if (lots > 0) {
            final int cross = AuctionCalls.cross(instruments.tradingState(book));
            final long matchNumber = state.next(EngineState.MATCH_NUMBER);
            market.crossTrade(book, lots, instruments.lastPrice(book), matchNumber, cross);
        }
    }

    /** The replaced order cannot be shown as moved: it trades or is gone. */
    private void withdrawReplaced(final int book) {
        if (replacedReference != 0) {
            market.deleted(book, replacedReference);
            replacedReference = 0;
        }
    }
}
