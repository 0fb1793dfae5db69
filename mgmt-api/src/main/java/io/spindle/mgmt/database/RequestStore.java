package io.spindle.mgmt.database;

import static io.spindle.mgmt.database.FactStore.decimal;

import io.spindle.mgmt.model.Algorithm;
import io.spindle.mgmt.model.Fact;
import io.spindle.mgmt.model.Instrument;
import io.spindle.mgmt.model.Order;
import io.spindle.mgmt.model.OrderId;
import io.spindle.mgmt.model.OrderRequest;
import io.spindle.mgmt.view.RequestHistory;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The steps of requests, and algorithms as they are last. The same facts again change nothing. */
final class RequestStore {
    private static final String STEP =
            """
            INSERT INTO request_steps (request_id, sequence, status, changed_at, order_reference,
                reason)
            VALUES (:id, :sequence, :status, :time, :reference, :reason)
            ON CONFLICT (request_id, sequence, status) DO NOTHING""";

    private static final String ALGORITHM =
            """
            INSERT INTO algorithms (algorithm_id, kind, firm, account, symbol, side, price, quantity,
                filled_quantity, cancelled_quantity, orders, refusals, status, created_at,
                updated_at)
            VALUES (:id, :kind, :firm, :account, :symbol, :side, :price, :quantity, :filled,
                :cancelled, :orders, :refusals, :status, :created, :updated)
            ON CONFLICT (algorithm_id) DO UPDATE SET
                filled_quantity = excluded.filled_quantity,
                cancelled_quantity = excluded.cancelled_quantity, orders = excluded.orders,
                refusals = excluded.refusals, status = excluded.status,
                updated_at = excluded.updated_at
            WHERE algorithms.updated_at <= excluded.updated_at""";

    private RequestStore() {}

    static void write(final Handle handle, final List<Fact> facts) {
        final PreparedBatch steps = handle.prepareBatch(STEP);
        final Map<OrderId, Algorithm> last = new LinkedHashMap<>();
        for (final Fact fact : facts) {
            if (fact instanceof final Order order) {
                RequestHistory.step(order).ifPresent(step -> add(steps, order, step));
            } else if (fact instanceof final Algorithm algorithm) {
                last.put(algorithm.id(), algorithm);
            }
        }
        final PreparedBatch algorithms = handle.prepareBatch(ALGORITHM);
        last.values().forEach(algorithm -> add(algorithms, algorithm));
        for (final PreparedBatch batch : List.of(steps, algorithms)) {
            if (batch.size() > 0) {
                batch.execute();
            }
        }
    }

    private static void add(
            final PreparedBatch batch, final Order order, final OrderRequest.Step step) {
        final boolean accepted = step.status() == OrderRequest.Status.ACCEPTED;
        batch.bind("id", order.id().toString())
                .bind("sequence", step.sequence())
                .bind("status", lowerCase(step.status()))
                .bind("time", step.timeNs())
                .bind("reference", accepted ? order.orderReference() : null)
                .bind("reason", step.reason().isEmpty() ? null : step.reason())
                .add();
    }

    private static void add(final PreparedBatch batch, final Algorithm algorithm) {
        final Instrument instrument = algorithm.instrument();
        final int exponent = instrument.lotExponent();
        batch.bind("id", algorithm.id().toString())
                .bind("kind", algorithm.byVolume() ? "pov" : "twap")
                .bind("firm", algorithm.firm())
                .bind("account", algorithm.account())
                .bind("symbol", instrument.symbol())
                .bind("side", Character.toString(algorithm.side()))
                .bind("price", decimal(algorithm.price(), instrument.priceDecimals()))
                .bind("quantity", decimal(algorithm.quantity(), exponent))
                .bind("filled", decimal(algorithm.executed(), exponent))
                .bind("cancelled", decimal(algorithm.cancelled(), exponent))
                .bind("orders", algorithm.children())
                .bind("refusals", algorithm.refused())
                .bind("status", lowerCase(algorithm.state()))
                .bind("created", algorithm.createdNs())
                .bind("updated", algorithm.timeNs())
                .add();
    }

    private static String lowerCase(final Enum<?> name) {
        return name.name().toLowerCase(Locale.ROOT);
    }
}
