package io.spindle.mgmt.stream;

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
import io.spindle.oms.OrderState;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What has happened, as subscribers name it: {@code order_filled}. */
public enum EventType {
    ORDER_QUEUED,
    ORDER_HELD,
    ORDER_SUBMITTED,
    ORDER_ACCEPTED,
    ORDER_REJECTED,
    ORDER_REPLACED,
    ORDER_MODIFIED,
    /** Cancelled in part: it goes on with fewer lots. */
    ORDER_REDUCED,
    ORDER_TRIGGERED,
    ORDER_RESTATED,
    ORDER_PARTIALLY_FILLED,
    ORDER_FILLED,
    ORDER_CANCELLED,
    ORDER_EXPIRED,
    TRADE,
    TRADE_BROKEN,
    BALANCE,
    HOLDING,
    SESSION,
    TRADING_DAY,
    INSTRUMENT,
    ACCOUNT,
    METADATA,
    ADMIN_ANSWER,
    CANCEL_REFUSED,
    ALGORITHM,
    ALERT;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<EventType> of(final String label) {
        return Arrays.stream(values()).filter(type -> type.label().equals(label)).findFirst();
    }

    public static List<String> labels() {
        return Arrays.stream(values()).map(EventType::label).toList();
    }

    /**
     * @throws IllegalArgumentException of a fact that is in no view
     */
    static EventType of(final Fact fact) {
        return switch (fact) {
            case Order order -> of(order);
            case Trade trade -> TRADE;
            case TradeBroken broken -> TRADE_BROKEN;
            case Balance balance -> BALANCE;
            case Holding holding -> HOLDING;
            case SessionState session -> SESSION;
            case TradingDay day -> TRADING_DAY;
            case Instrument instrument -> INSTRUMENT;
            case Account account -> ACCOUNT;
            case Metadata entry -> METADATA;
            case AdminAnswer answer -> ADMIN_ANSWER;
            case CancelRefusal refusal -> CANCEL_REFUSED;
            case Algorithm algorithm -> ALGORITHM;
            case Alert alert -> ALERT;
            case EntryQuote quote -> throw new IllegalArgumentException(quote.toString());
            case RoutingQuote quote -> throw new IllegalArgumentException(quote.toString());
        };
    }

    private static EventType of(final Order order) {
        return switch (order.cause()) {
            case QUEUED -> ORDER_QUEUED;
            case HELD -> ORDER_HELD;
            case SUBMITTED -> ORDER_SUBMITTED;
            case ACCEPTED -> ORDER_ACCEPTED;
            case REPLACED -> ORDER_REPLACED;
            case MODIFIED -> ORDER_MODIFIED;
            case TRIGGERED -> ORDER_TRIGGERED;
            case RESTATED -> ORDER_RESTATED;
            case EXECUTED ->
                    order.state() == OrderState.FILLED ? ORDER_FILLED : ORDER_PARTIALLY_FILLED;
            case REJECTED, CANCELED -> lessOf(order.state());
        };
    }

    private static EventType lessOf(final OrderState state) {
        return switch (state) {
            case EXPIRED -> ORDER_EXPIRED;
            case CANCELLED -> ORDER_CANCELLED;
            case REJECTED -> ORDER_REJECTED;
            default -> ORDER_REDUCED;
        };
    }
}
