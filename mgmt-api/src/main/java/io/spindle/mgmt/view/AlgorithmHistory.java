package io.spindle.mgmt.view;

import io.spindle.mgmt.model.Algorithm;
import io.spindle.mgmt.model.OrderId;
import io.spindle.oms.AlgorithmTable;
import io.spindle.oms.Ascii;
import io.spindle.oms.OrderState;
import io.spindle.oms.TradingEngine;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Every algorithm at work and the most recent of the ended ones.
 *
 * <p><i>Guarded by</i> the {@link View}.
 */
public final class AlgorithmHistory {
    private static final int MAX_ENDED = 10_000;

    private final Map<OrderId, Algorithm> atWork = new LinkedHashMap<>();
    private final Map<OrderId, Algorithm> ended = new Recent<>(MAX_ENDED);

    /** The algorithm as the engine's table has it now. */
    static Algorithm read(
            final TradingEngine engine, final EngineNames names, final int algorithm) {
        final AlgorithmTable table = engine.algorithms();
        final int session = table.session(algorithm);
        final int refusal = table.refusal(algorithm);
        return new Algorithm(
                names.orderId(session, AlgorithmTable.SERIES, table.number(algorithm)),
                new UUID(table.requestHigh(algorithm), table.requestLow(algorithm)),
                table.kind(algorithm) == AlgorithmTable.BY_VOLUME,
                names.instrument(table.instrument(algorithm)),
                names.firmOfSession(session),
                names.account(table.account(algorithm)),
                table.side(algorithm),
                table.price(algorithm),
                table.quantity(algorithm),
                table.leaves(algorithm),
                table.working(algorithm),
                table.executed(algorithm),
                table.executedValue(algorithm),
                table.cancelled(algorithm),
                table.startNs(algorithm),
                table.intervalNs(algorithm),
                table.slices(algorithm),
                table.slice(algorithm),
                table.participationBps(algorithm),
                table.children(algorithm),
                table.refused(algorithm),
                refusal == 0 ? "" : EngineNames.reject(refusal),
                OrderState.of(table.state(algorithm)),
                Ascii.unpack(table.clOrdIdHigh(algorithm), table.clOrdIdLow(algorithm)),
                table.enteredNs(algorithm),
                engine.sequence(),
                engine.timeNs());
    }

    void put(final Algorithm algorithm) {
        if (algorithm.state().isTerminal()) {
            atWork.remove(algorithm.id());
            ended.put(algorithm.id(), algorithm);
        } else {
            atWork.put(algorithm.id(), algorithm);
        }
    }

    public Optional<Algorithm> find(final OrderId id) {
        return Optional.ofNullable(atWork.get(id)).or(() -> Optional.ofNullable(ended.get(id)));
    }

    /** The one that this request has started. */
    public Optional<Algorithm> find(final UUID request) {
        return all().filter(one -> one.request().equals(request)).findFirst();
    }

    /** Those that pass, the latest started first. */
    public List<Algorithm> list(final Predicate<Algorithm> filter) {
        return all().filter(filter)
                .sorted(Comparator.comparingLong(Algorithm::createdNs).reversed())
                .toList();
    }

    private Stream<Algorithm> all() {
        return Stream.concat(atWork.values().stream(), ended.values().stream());
    }
}
