package io.spindle.mgmt.process;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.spindle.mgmt.view.Terms;
import io.spindle.mgmt.view.View;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

/**
 * The limiters of sessions, each by its firm and session: the tokens left, the orders behind it,
 * the orders that found no token. A session is told of from when it first has a limit, so that
 * there are no more series than sessions. What one scrape tells is true at one sequence.
 */
final class LimiterMetrics {
    private final Map<String, Terms.Rate> rates = new ConcurrentHashMap<>();
    private final View view;
    private final MeterRegistry registry;

    LimiterMetrics(final View view, final MeterRegistry registry) {
        this.view = view;
        this.registry = registry;
    }

    /** Reads all limiters, for the scrape that follows. */
    synchronized void refresh() {
        for (final Terms.Rate rate : view.read(now -> now.terms().sessionRates())) {
            final boolean known = rates.containsKey(rate.name());
            if (known || isLimited(rate)) {
                rates.put(rate.name(), rate);
            }
            if (!known && isLimited(rate)) {
                bind(rate.firm(), rate.name());
            }
        }
    }

    private static boolean isLimited(final Terms.Rate rate) {
        return rate.bucket().perSecond() != 0;
    }

    private void bind(final String firm, final String session) {
        gauge(
                "spindle.limiter.tokens",
                "whole tokens left of the session's rate; NaN once it has no limit any more",
                firm,
                session,
                rate -> isLimited(rate) ? rate.bucket().tokens() : Double.NaN);
        gauge(
                "spindle.limiter.queued",
                "orders that wait for a token of the session's rate",
                firm,
                session,
                Terms.Rate::queued);
        FunctionCounter.builder(
                        "spindle.limiter.breaches",
                        this,
                        all -> all.rates.get(session).bucket().breaches())
                .description("orders that found no token: rejected, or queued in mode queue")
                .tag("firm", firm)
                .tag("session", session)
                .register(registry);
    }

    private void gauge(
            final String name,
            final String description,
            final String firm,
            final String session,
            final ToDoubleFunction<Terms.Rate> value) {
        Gauge.builder(name, rates, all -> value.applyAsDouble(all.get(session)))
                .description(description)
                .tag("firm", firm)
                .tag("session", session)
                .strongReference(true)
                .register(registry);
    }
}
