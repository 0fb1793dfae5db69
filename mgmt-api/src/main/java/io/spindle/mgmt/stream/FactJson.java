package io.spindle.mgmt.stream;

import io.spindle.mgmt.api.AlgorithmJson;
import io.spindle.mgmt.api.InstrumentJson;
import io.spindle.mgmt.api.MetadataJson;
import io.spindle.mgmt.api.OrderJson;
import io.spindle.mgmt.api.TopJson;
import io.spindle.mgmt.api.TradeJson;
import io.spindle.mgmt.model.Account;
import io.spindle.mgmt.model.AdminAnswer;
import io.spindle.mgmt.model.Alert;
import io.spindle.mgmt.model.Algorithm;
import io.spindle.mgmt.model.Balance;
import io.spindle.mgmt.model.CancelRefusal;
import io.spindle.mgmt.model.Decimals;
import io.spindle.mgmt.model.EntryQuote;
import io.spindle.mgmt.model.Fact;
import io.spindle.mgmt.model.Holding;
import io.spindle.mgmt.model.Instrument;
import io.spindle.mgmt.model.Metadata;
import io.spindle.mgmt.model.Order;
import io.spindle.mgmt.model.RoutingQuote;
import io.spindle.mgmt.model.SessionState;
import io.spindle.mgmt.model.Trade;
import io.spindle.mgmt.model.TradeBroken;
import io.spindle.mgmt.model.TradingDay;
import io.spindle.mgmt.security.Principal;

import java.util.Map;

/**
 * A fact as a feed shows it: orders, trades and instruments as REST does, the rest in few words.
 */
final class FactJson {
    private FactJson() {}

    static Object of(final Fact fact, final Topic topic, final Principal caller) {
        return topic == Topic.TRADES && fact instanceof final Trade trade
                ? ofTape(trade)
                : of(fact, caller);
    }

    /** A trade as everybody may see it: without its parties. */
    private static Object ofTape(final Trade trade) {
        return Map.of(
                "matchNumber", Long.toString(trade.matchNumber()),
                "symbol", trade.instrument().symbol(),
                "price", trade.instrument().price(trade.price()),
                "quantity", trade.instrument().quantity(trade.quantity()),
                "sequence", trade.sequence(),
                "ageMs", TopJson.age(trade.timeNs()));
    }

    private static Object of(final Fact fact, final Principal caller) {
        return switch (fact) {
            case Order order -> OrderJson.of(order);
            case Trade trade -> TradeJson.of(trade, caller);
            case TradeBroken broken ->
                    Map.of(
                            "matchNumber", Long.toString(broken.matchNumber()),
                            "symbol", broken.instrument().symbol(),
                            "cause", Character.toString(broken.cause()));
            case Algorithm algorithm -> AlgorithmJson.of(algorithm);
            case Instrument instrument -> InstrumentJson.of(instrument);
            case Balance balance ->
                    Map.of(
                            "account", balance.account(),
                            "currency", balance.currency(),
                            "balance", Decimals.text(balance.amount(), Balance.DECIMALS));
            case Holding holding ->
                    Map.of(
                            "account", holding.account(),
                            "symbol", holding.instrument().symbol(),
                            "quantity", holding.instrument().quantity(holding.lots()));
            case SessionState session ->
                    Map.of(
                            "session", session.username(),
                            "firm", session.firm(),
                            "up", session.up(),
                            "openOrders", session.openOrders());
            case Account account -> Map.of("account", account.code(), "firm", account.firm());
            case TradingDay day -> Map.of("date", day.date(), "epoch", day.epoch());
            case Metadata entry -> MetadataJson.of(entry);
            case EntryQuote quote -> Map.of("order", quote.order().toString());
            case RoutingQuote quote -> Map.of("order", quote.order().toString());
            case Alert alert ->
                    Map.of(
                            "alert", alert.kind(),
                            "account", alert.account(),
                            "detail", alert.detail());
            case AdminAnswer answer -> Map.of("command", answer.command(), "code", answer.code());
            case CancelRefusal refusal ->
                    Map.of("order", refusal.order().toString(), "reason", refusal.reason());
        };
    }
}
