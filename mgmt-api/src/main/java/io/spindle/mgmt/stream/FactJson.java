package io.spindle.mgmt.stream;

import io.spindle.mgmt.api.AccountJson;
import io.spindle.mgmt.api.AlgorithmJson;
import io.spindle.mgmt.api.InstrumentJson;
import io.spindle.mgmt.api.LedgerJson;
import io.spindle.mgmt.api.MetadataJson;
import io.spindle.mgmt.api.OrderJson;
import io.spindle.mgmt.api.SessionJson;
import io.spindle.mgmt.api.TopJson;
import io.spindle.mgmt.api.TradeJson;
import io.spindle.mgmt.api.TradingDayJson;
import io.spindle.mgmt.model.Account;
import io.spindle.mgmt.model.AdminAnswer;
import io.spindle.mgmt.model.Alert;
import io.spindle.mgmt.model.Algorithm;
import io.spindle.mgmt.model.Balance;
import io.spindle.mgmt.model.CancelRefusal;
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

/** A fact as a feed shows it: as REST does, and in records of its own what REST does not show. */
final class FactJson {
    private FactJson() {}

    /** A trade as everybody may see it: without its parties. */
    public record TapeJson(
            String matchNumber,
            String symbol,
            String price,
            String quantity,
            long sequence,
            long ageMs) {
        static TapeJson of(final Trade trade) {
            return new TapeJson(
                    Long.toString(trade.matchNumber()),
                    trade.instrument().symbol(),
                    trade.instrument().price(trade.price()),
                    trade.instrument().quantity(trade.quantity()),
                    trade.sequence(),
                    TopJson.age(trade.timeNs()));
        }
    }

    /**
     * A trade that is taken back.
     *
     * @param cause E, C, S or X
     */
    public record BrokenTradeJson(String matchNumber, String symbol, String cause) {
        static BrokenTradeJson of(final TradeBroken broken) {
            return new BrokenTradeJson(
                    Long.toString(broken.matchNumber()),
                    broken.instrument().symbol(),
                    Character.toString(broken.cause()));
        }
    }

    /**
     * Something that a person should look at.
     *
     * @param account empty if it is about no account in particular
     */
    public record AlertJson(Alert.Kind alert, String account, String detail) {}

    /**
     * The engine's answer to an admin command.
     *
     * @param code NONE = done
     */
    public record AdminAnswerJson(String command, String code) {}

    /** A cancel or modify that was refused. */
    public record CancelRefusalJson(String order, String reason) {}

    static Record of(final Fact fact, final Topic topic, final Principal caller) {
        return topic == Topic.TRADES && fact instanceof final Trade trade
                ? TapeJson.of(trade)
                : of(fact, caller);
    }

    private static Record of(final Fact fact, final Principal caller) {
        return switch (fact) {
            case Order order -> OrderJson.of(order);
            case Trade trade -> TradeJson.of(trade, caller);
            case TradeBroken broken -> BrokenTradeJson.of(broken);
            case Algorithm algorithm -> AlgorithmJson.of(algorithm);
            case Instrument instrument -> InstrumentJson.of(instrument);
            case Balance balance -> LedgerJson.Balance.of(balance);
            case Holding holding -> LedgerJson.Holding.of(holding);
            case SessionState session -> SessionJson.of(session);
            case Account account -> AccountJson.of(account);
            case TradingDay day -> TradingDayJson.of(day);
            case Metadata entry -> MetadataJson.of(entry);
            case Alert alert -> new AlertJson(alert.kind(), alert.account(), alert.detail());
            case AdminAnswer answer -> new AdminAnswerJson(answer.command(), answer.code());
            case CancelRefusal refusal ->
                    new CancelRefusalJson(refusal.order().toString(), refusal.reason());
            case EntryQuote quote -> throw new IllegalArgumentException(quote.toString());
            case RoutingQuote quote -> throw new IllegalArgumentException(quote.toString());
        };
    }
}
