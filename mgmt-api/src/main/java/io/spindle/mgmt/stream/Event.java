package io.spindle.mgmt.stream;

import io.spindle.mgmt.api.MetadataKinds;
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

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A fact with its place in the stream.
 *
 * @param index among the facts of the same command, from 0
 */
public record Event(Fact fact, int index) {
    public long sequence() {
        return fact.sequence();
    }

    /** The place in the stream as clients hand it back to resume behind it. */
    public String token() {
        return fact.sequence() + "." + index;
    }

    /** What has happened. */
    EventType type() {
        return EventType.of(fact);
    }

    /** The symbol that the event is about, if it is about one. */
    Optional<String> symbol() {
        return switch (fact) {
            case Order order -> Optional.of(order.instrument().symbol());
            case Trade trade -> Optional.of(trade.instrument().symbol());
            case TradeBroken broken -> Optional.of(broken.instrument().symbol());
            case Holding holding -> Optional.of(holding.instrument().symbol());
            case Algorithm algorithm -> Optional.of(algorithm.instrument().symbol());
            case Instrument instrument -> Optional.of(instrument.symbol());
            default -> Optional.empty();
        };
    }

    /** The accounts that it is about; of a trade's none that the caller may not know. */
    Stream<String> accounts(final Principal caller) {
        return switch (fact) {
            case Order order -> Stream.of(order.account());
            case Trade trade -> accounts(Stream.of(trade.maker(), trade.taker()), caller);
            case TradeBroken broken -> accounts(broken.legs().stream(), caller);
            case Balance balance -> Stream.of(balance.account());
            case Holding holding -> Stream.of(holding.account());
            case SessionState session -> Stream.of(session.account());
            case Account account -> Stream.of(account.code());
            case Algorithm algorithm -> Stream.of(algorithm.account());
            case Alert alert -> Stream.of(alert.account());
            case Metadata entry ->
                    entry.kind().equals("account") ? Stream.of(entry.key()) : Stream.empty();
            default -> Stream.empty();
        };
    }

    private static Stream<String> accounts(final Stream<Trade.Leg> legs, final Principal caller) {
        return legs.filter(leg -> caller.maySee(leg.firm())).map(Trade.Leg::account);
    }

    /** One fact may change several views; what the house's own accounts hold is in no view. */
    public Set<Topic> topics() {
        return isOfTheHouse() ? EnumSet.noneOf(Topic.class) : allTopics();
    }

    private boolean isOfTheHouse() {
        return fact instanceof final Balance balance && balance.firm().isEmpty()
                || fact instanceof final Holding holding && holding.firm().isEmpty();
    }

    /** The same, as if the house were a member: for who audits. */
    Set<Topic> allTopics() {
        return switch (fact) {
            case Order order -> EnumSet.of(Topic.ORDERS, Topic.UPDATES);
            case Trade trade -> EnumSet.of(Topic.TRANSACTIONS, Topic.TRADES);
            case TradeBroken broken -> EnumSet.of(Topic.TRANSACTIONS, Topic.TRADES);
            case Balance balance -> EnumSet.of(Topic.BALANCES);
            case Holding holding -> EnumSet.of(Topic.HOLDINGS);
            case SessionState session -> EnumSet.of(Topic.STATUS);
            case TradingDay day -> EnumSet.of(Topic.STATUS);
            case Instrument instrument -> EnumSet.of(Topic.METADATA);
            case Account account -> EnumSet.of(Topic.METADATA);
            case AdminAnswer answer -> EnumSet.of(Topic.REQUESTS);
            case Algorithm algorithm -> EnumSet.of(Topic.REQUESTS);
            case CancelRefusal refusal -> EnumSet.of(Topic.REQUESTS);
            case Metadata entry -> EnumSet.of(Topic.METADATA);
            case EntryQuote quote -> EnumSet.noneOf(Topic.class);
            case RoutingQuote quote -> EnumSet.noneOf(Topic.class);
            case Alert alert -> EnumSet.of(Topic.STATUS);
        };
    }

    /** What the event replaces or removes in a view. */
    public String key(final Topic topic) {
        return switch (fact) {
            case Order order -> topic == Topic.UPDATES ? token() : order.id().toString();
            case Trade trade -> Long.toString(trade.matchNumber());
            case TradeBroken broken -> Long.toString(broken.matchNumber());
            case Balance balance -> balance.account() + "/" + balance.currency();
            case Holding holding -> holding.account() + "/" + holding.instrument().symbol();
            case SessionState session -> "session/" + session.username();
            case TradingDay day -> "day";
            case Instrument instrument -> "instrument/" + instrument.symbol();
            case Account account -> "account/" + account.code();
            case AdminAnswer answer -> answer.request().toString();
            case Algorithm algorithm -> "algorithm/" + algorithm.id();
            case CancelRefusal refusal -> token();
            case Metadata entry -> entry.kind() + "/" + entry.key();
            case Alert alert -> "alert/" + token();
            case EntryQuote quote -> quote.order().toString();
            case RoutingQuote quote -> quote.order().toString();
        };
    }

    /** The status of the order that the event is about, in lower case, if it is about one. */
    public Optional<String> status() {
        return fact instanceof final Order order
                ? Optional.of(order.state().name().toLowerCase(Locale.ROOT))
                : Optional.empty();
    }

    /** True if the key leaves the view. */
    public boolean isRemoval(final Topic topic) {
        return switch (fact) {
            case Order order -> topic == Topic.ORDERS && order.isTerminal();
            case TradeBroken broken -> true;
            case Metadata entry -> !entry.isDefined();
            case Instrument instrument -> instrument.isRemoved();
            case Algorithm algorithm -> algorithm.state().isTerminal();
            default -> false;
        };
    }

    /** Whether the caller may see the event in a view: the tape is for everybody. */
    public boolean isFor(final Topic topic, final Principal caller) {
        return topic == Topic.TRADES || isFor(caller);
    }

    /** Whether the caller may know; what belongs to no firm is for those who see all firms. */
    private boolean isFor(final Principal caller) {
        return switch (fact) {
            case Order order -> caller.maySee(order.firm());
            case Trade trade ->
                    caller.maySee(trade.maker().firm()) || caller.maySee(trade.taker().firm());
            case TradeBroken broken ->
                    broken.legs().stream().map(Trade.Leg::firm).anyMatch(caller::maySee);
            case Balance balance -> caller.maySee(balance.firm());
            case Holding holding -> caller.maySee(holding.firm());
            case SessionState session -> caller.maySee(session.firm());
            case Account account -> caller.maySee(account.firm());
            case CancelRefusal refusal -> caller.maySee(refusal.firm());
            case Algorithm algorithm -> caller.maySee(algorithm.firm());
            case AdminAnswer answer -> caller.owners().isEmpty();
            case Metadata entry ->
                    caller.maySee(entry.firm()) && MetadataKinds.mayRead(caller, entry.kind());
            case Alert alert -> caller.maySee(alert.firm());
            case TradingDay day -> true;
            case EntryQuote quote -> false;
            case RoutingQuote quote -> false;
            case Instrument instrument -> true;
        };
    }
}
