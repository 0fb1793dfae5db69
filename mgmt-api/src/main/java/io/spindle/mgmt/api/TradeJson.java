package io.spindle.mgmt.api;

import io.spindle.mgmt.model.Decimals;
import io.spindle.mgmt.model.Order;
import io.spindle.mgmt.model.Times;
import io.spindle.mgmt.model.Trade;

/** A trade as the API shows it. */
public record TradeJson(
        String matchNumber,
        String symbol,
        String price,
        String quantity,
        LegJson maker,
        LegJson taker,
        String time,
        long sequence) {
    /** One side of it. */
    public record LegJson(
            String order, String firm, String account, String side, boolean maker, String fee) {
        static LegJson of(final Trade.Leg leg) {
            return new LegJson(
                    leg.order().toString(),
                    leg.firm(),
                    leg.account(),
                    Character.toString(leg.side()),
                    leg.isMaker(),
                    Decimals.text(leg.fee(), Order.VALUE_DECIMALS));
        }
    }

    public static TradeJson of(final Trade trade) {
        return new TradeJson(
                Long.toString(trade.matchNumber()),
                trade.instrument().symbol(),
                trade.instrument().price(trade.price()),
                trade.instrument().quantity(trade.quantity()),
                LegJson.of(trade.maker()),
                LegJson.of(trade.taker()),
                Times.text(trade.timeNs()),
                trade.sequence());
    }
}
