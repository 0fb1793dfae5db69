package io.spindle.mgmt.view;

import io.spindle.mgmt.model.Trade;
import io.spindle.mgmt.model.TradeBroken;
import io.spindle.oms.FeeTable;
import io.spindle.oms.OrderTable;
import io.spindle.oms.TradeView;
import io.spindle.oms.TradingEngine;

import java.util.List;
import java.util.stream.Stream;

/** Fills as trades: the engine tells of each side here, the fact is one for both. */
final class TradeFacts {
    private final EngineNames names;
    private final FactListener listener;
    private TradingEngine engine;

    /** The first leg of the match whose second is about to be told. */
    private Trade.Leg first;

    private long firstOf;

    /** The trade last taken back. */
    private long brokenOf;

    TradeFacts(final EngineNames names, final FactListener listener) {
        this.names = names;
        this.listener = listener;
    }

    void engine(final TradingEngine newEngine) {
        engine = newEngine;
    }

    /** Called for each side that is here; the other side of a fill at another venue is not. */
    void executed(
            final int order,
            final long quantity,
            final long price,
            final boolean isMaker,
            final long matchNumber) {
        final long value =
                engine.instruments().value(engine.orders().instrument(order), price, quantity);
        final Trade.Leg leg =
                leg(order, isMaker, FeeTable.fee(engine.orders(), order, value, isMaker));
        if (firstOf == matchNumber) {
            tell(matchNumber, engine.trade(matchNumber).orElseThrow(), first, leg, 0);
            return;
        }
        first = leg;
        firstOf = matchNumber;
        final TradeView trade = engine.trade(matchNumber).orElseThrow();
        if (trade.isAway()) {
            final Trade.Leg venue = leg(trade, trade.other());
            tell(matchNumber, trade, isMaker ? leg : venue, isMaker ? venue : leg, 0);
        }
    }

    /** Told for each side. */
    void broken(final long matchNumber, final int reason) {
        if (brokenOf == matchNumber) {
            return;
        }
        brokenOf = matchNumber;
        final TradeView trade = engine.trade(matchNumber).orElseThrow();
        final List<Trade.Leg> legs =
                Stream.of(trade.maker(), trade.other())
                        .map(side -> leg(trade, side))
                        .filter(leg -> !leg.isVenue())
                        .toList();
        listener.on(
                new TradeBroken(
                        matchNumber,
                        names.instrument(trade.instrument()),
                        legs,
                        (char) reason,
                        engine.sequence(),
                        engine.timeNs()));
    }

    /** Stands for the trade just broken. */
    void corrected(final long matchNumber) {
        if (firstOf == matchNumber) {
            return;
        }
        firstOf = matchNumber;
        final TradeView trade = engine.trade(matchNumber).orElseThrow();
        final Trade.Leg ours = leg(trade, trade.maker());
        final Trade.Leg other = leg(trade, trade.other());
        final boolean swap = trade.isAway() && !ours.isMaker();
        tell(matchNumber, trade, swap ? other : ours, swap ? ours : other, brokenOf);
    }

    private void tell(
            final long matchNumber,
            final TradeView trade,
            final Trade.Leg maker,
            final Trade.Leg taker,
            final long corrects) {
        listener.on(
                new Trade(
                        matchNumber,
                        names.instrument(trade.instrument()),
                        trade.price(),
                        trade.lots(),
                        trade.value(),
                        engine.sequence(),
                        engine.timeNs(),
                        maker,
                        taker,
                        corrects,
                        Trade.Status.VALID));
    }

    private Trade.Leg leg(final TradeView trade, final TradeView.Side side) {
        if (trade.isAway() && side == trade.other()) {
            final String account = names.account(side.account());
            return Trade.Leg.ofVenue(account, side.buys() ? 'B' : 'S', !trade.maker().rested());
        }
        return new Trade.Leg(
                names.orderId(side.session(), side.userRefIdx(), side.userRefNum()),
                names.firmOfSession(side.session()),
                names.account(side.account()),
                side.buys() ? 'B' : 'S',
                side.rested(),
                side.fee());
    }

    private Trade.Leg leg(final int order, final boolean isMaker, final long fee) {
        final OrderTable orders = engine.orders();
        final int session = orders.session(order);
        return new Trade.Leg(
                names.orderId(session, orders.userRefIdx(order), orders.userRefNum(order)),
                names.firmOfSession(session),
                names.account(orders.account(order)),
                orders.side(order),
                isMaker,
                fee);
    }
}
