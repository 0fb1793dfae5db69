package io.spindle.mgmt.api;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.spindle.mgmt.model.Algorithm;
import io.spindle.mgmt.model.Instrument;
import io.spindle.mgmt.model.Times;

import java.util.Locale;

/**
 * An algorithm as the API shows it. Its status follows from its orders, which name it as their
 * parentOrderId.
 *
 * @param kind twap or pov
 * @param unsent reserved and not entered yet; unsent + working + filled + cancelled = quantity
 * @param orders entered so far
 * @param refusals orders that a check refused, and the last one's code
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AlgorithmJson(
        String id,
        String kind,
        String clientOrderId,
        String firm,
        String account,
        String session,
        String symbol,
        String side,
        String status,
        String price,
        String quantity,
        String unsent,
        String working,
        String filled,
        String cancelled,
        String startsAt,
        long intervalMs,
        int slices,
        int slicesDone,
        Integer participationBps,
        int orders,
        int refusals,
        String lastRefusal,
        String createdAt,
        String updatedAt,
        long sequence) {
    private static final long NS_PER_MS = 1_000_000;

    public static AlgorithmJson of(final Algorithm algorithm) {
        final Instrument instrument = algorithm.instrument();
        return new AlgorithmJson(
                algorithm.id().toString(),
                algorithm.byVolume() ? "pov" : "twap",
                algorithm.clientOrderId(),
                algorithm.firm(),
                algorithm.account(),
                algorithm.id().session(),
                instrument.symbol(),
                Character.toString(algorithm.side()),
                algorithm.state().name().toLowerCase(Locale.ROOT),
                instrument.price(algorithm.price()),
                instrument.quantity(algorithm.quantity()),
                instrument.quantity(algorithm.unsent()),
                instrument.quantity(algorithm.working()),
                instrument.quantity(algorithm.executed()),
                instrument.quantity(algorithm.cancelled()),
                Times.text(algorithm.startNs()),
                algorithm.intervalNs() / NS_PER_MS,
                algorithm.slices(),
                algorithm.slice(),
                algorithm.byVolume() ? algorithm.participationBps() : null,
                algorithm.children(),
                algorithm.refused(),
                algorithm.refusal().isEmpty() ? null : algorithm.refusal(),
                Times.text(algorithm.createdNs()),
                Times.text(algorithm.timeNs()),
                algorithm.sequence());
    }
}
