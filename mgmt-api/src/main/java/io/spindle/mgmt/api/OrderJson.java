package io.spindle.mgmt.api;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.spindle.mgmt.model.Instrument;
import io.spindle.mgmt.model.Order;
import io.spindle.mgmt.model.Times;

import java.util.Locale;

/**
 * An order as the API shows it: decimals as strings, times in ISO-8601 with nanoseconds.
 *
 * @param status one of created, pending_submission, submitted, accepted, partially_filled, filled,
 *     cancelled, rejected, error, expired
 * @param reason why it ended: a cancel reason, a reject code, or REPLACED
 * @param replaces the order whose place it took
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OrderJson(
        String id,
        String clientOrderId,
        String orderReference,
        String firm,
        String account,
        String session,
        String symbol,
        String side,
        String status,
        String price,
        String quantity,
        String filled,
        String remaining,
        String averagePrice,
        String timeInForce,
        String display,
        String capacity,
        String reason,
        String replaces,
        String createdAt,
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
                instrument.symbol(),
                Character.toString(order.side()),
                order.state().name().toLowerCase(Locale.ROOT),
                price(order),
                instrument.quantity(order.quantity()),
                instrument.quantity(order.executed()),
                instrument.quantity(order.leaves()),
                order.executed() == 0 ? null : instrument.price(order.averagePrice()),
                Character.toString(order.timeInForce()),
                Character.toString(order.display()),
                Character.toString(order.capacity()),
                order.reason().isEmpty() ? null : order.reason(),
                order.origin() == null ? null : order.origin().toString(),
                Times.text(order.createdNs()),
                Times.text(order.timeNs()),
                order.sequence());
    }

    private static String price(final Order order) {
        return order.price() == Long.MAX_VALUE ? "market" : order.instrument().price(order.price());
    }
}
