package io.spindle.mgmt.view;

import io.spindle.mgmt.model.OrderId;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Why risk refused the most recent of the requests that it refused. */
public final class RiskRefusals {
    private static final int MAX_REFUSALS = 100_000;

    /**
     * One refusal.
     *
     * @param passed checks before the one that failed, in their order
     * @param limit in the check's own unit, as is value
     */
    public record Refusal(List<String> passed, String failed, long limit, long value) {}

    private final Map<OrderId, Refusal> refusals = new Recent<>(MAX_REFUSALS);

    void put(final OrderId order, final Refusal refusal) {
        refusals.put(order, refusal);
    }

    public Optional<Refusal> find(final OrderId order) {
        return Optional.ofNullable(refusals.get(order));
    }
}
