package io.spindle.mgmt.api;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.spindle.mgmt.model.Decimals;
import io.spindle.mgmt.model.Order;
import io.spindle.mgmt.model.Times;
import io.spindle.mgmt.model.Trade;
import io.spindle.mgmt.security.Principal;

import java.util.Locale;

/**
 * A trade as the API shows it to somebody: the other side's party is for those who may see it.
 *
 * @param exchange where it was made: a venue's code, or ours
 * @param status valid, busted or corrected; the latter two are taken back
 * @param corrects match number of the trade that it stands for, empty for none
 */
public record TradeJson(
        String matchNumber,
        String exchange,
        String symbol,
        String price,
        String quantity,
        LegJson maker,
        LegJson taker,
        String time,
        long sequence,
        String status,
        String corrects) {
    /** One side of it; party and fee are absent where the caller may not know them. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record LegJson(
            String order, String firm, String account, String side, boolean maker, String fee) {
        static LegJson of(final Trade.Leg leg, final Principal caller) {
            final String side = Character.toString(leg.side());
            if (!caller.maySee(leg.firm())) {
                return new LegJson(null, null, null, side, leg.isMaker(), null);
            }
            return new LegJson(
                    leg.order().toString(),
                    leg.firm(),
                    leg.account(),
                    side,
                    leg.isMaker(),
                    Decimals.text(leg.fee(), Order.VALUE_DECIMALS));
        }
    }

    public static TradeJson of(final Trade trade, final Principal caller) {
        return new TradeJson(
                Long.toString(trade.matchNumber()),
                trade.exchange(),
                trade.instrument().symbol(),
                trade.instrument().price(trade.price()),
                trade.instrument().quantity(trade.quantity()),
                LegJson.of(trade.maker(), caller),
                LegJson.of(trade.taker(), caller),
                Times.text(trade.timeNs()),
                trade.sequence(),
                trade.status().name().toLowerCase(Locale.ROOT),
                trade.corrects() == 0 ? "" : Long.toString(trade.corrects()));
    }
}
