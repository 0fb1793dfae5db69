package io.spindle.mgmt.api;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.spindle.mgmt.model.Instrument;
import io.spindle.mgmt.model.Order;
import io.spindle.mgmt.model.Times;
import io.spindle.oms.OrderState;

import java.util.Locale;

/**
 * An order as the API shows it: decimals as strings, times in ISO-8601 with nanoseconds.
 *
 * @param status one of created, pending_submission, submitted, accepted, partially_filled, filled,
 *     cancelled, rejected, error, expired
 * @param type one of market, limit, stop, stop_limit, trailing_stop, iceberg, pegged
 * @param seenAs how a broker's screen shows the status: open, partially_filled, filled, cancelled
 * @param parentOrderId the order that it is linked with
 * @param strategyId the client's own number for what it is part of
 * @param reason why it ended: a cancel reason, a reject code, or REPLACED
 * @param replaces the order whose place it took
 * @param submittedAt when it went to its book or to another venue; absent until then
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OrderJson(
        String id,
        String clientOrderId,
        String orderReference,
        String firm,
        String account,
        String session,
        String exchange,
        String symbol,
        String side,
        String type,
        String status,
        String seenAs,
        String price,
        String stopPrice,
        String quantity,
        String filled,
        String remaining,
        int filledPercent,
        String averagePrice,
        String timeInForce,
        String display,
        String capacity,
        String reason,
        String replaces,
        String parentOrderId,
        Long strategyId,
        String createdAt,
        String submittedAt,
        String updatedAt,
        long sequence) {
    public static OrderJson of(final Order order) {
        final Instrument instrument = order.instrument();
        return new OrderJson(
                order.id().toString(),
                order.clientOrderId(),
                Long.toString(order.orderReference()),
                order.firm(),
                order.account(),
                order.id().session(),
                Order.EXCHANGE,
                instrument.symbol(),
                Character.toString(order.side()),
                lowerCase(order.kind().type()),
                lowerCase(order.state()),
                lowerCase(order.state().seen()),
                price(order),
                order.kind().stopPrice() == 0 ? null : instrument.price(order.kind().stopPrice()),
                instrument.quantity(order.quantity()),
                instrument.quantity(order.executed()),
                instrument.quantity(order.leaves()),
                OrderState.filledPercent(order.executed(), order.quantity()),
                order.executed() == 0 ? null : instrument.price(order.averagePrice()),
                Character.toString(order.timeInForce()),
                Character.toString(order.display()),
                Character.toString(order.capacity()),
                order.reason().isEmpty() ? null : order.reason(),
                order.origin() == null ? null : order.origin().toString(),
                order.kind().parent() == null ? null : order.kind().parent().toString(),
                order.kind().strategyId() == 0
                        ? null
                        : Integer.toUnsignedLong(order.kind().strategyId()),
                Times.text(order.createdNs()),
                order.submittedNs() == 0 ? null : Times.text(order.submittedNs()),
                Times.text(order.timeNs()),
                order.sequence());
    }

    private static String lowerCase(final Enum<?> name) {
        return name.name().toLowerCase(Locale.ROOT);
    }

    static String price(final Order order) {
        return order.price() == Long.MAX_VALUE ? "market" : order.instrument().price(order.price());
    }
}
