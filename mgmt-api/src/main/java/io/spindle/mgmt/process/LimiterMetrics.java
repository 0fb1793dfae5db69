package io.spindle.mgmt.process;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.spindle.mgmt.view.Terms;
import io.spindle.mgmt.view.View;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

/**
 * The limiters of sessions, each by its firm and session: the tokens left, the orders behind it,
 * the orders that found no token; those of accounts together, for an account is no label; those of
 * venues by their names. A session or venue is told of from when it first has a limit, so that
 * there are no more series than these. What one scrape tells is true at one sequence.
 */
final class LimiterMetrics {
    private final Map<String, Terms.Rate> rates = new ConcurrentHashMap<>();
    private final Map<String, Terms.VenueRate> venues = new ConcurrentHashMap<>();
    private final View view;
    private final MeterRegistry registry;
    private volatile Terms.AccountRates accounts = new Terms.AccountRates(0, 0, 0);

    /** All of them at one sequence. */
    private record Limiters(
            List<Terms.Rate> sessions, Terms.AccountRates accounts, List<Terms.VenueRate> venues) {
        static Limiters of(final Terms terms) {
            return new Limiters(terms.sessionRates(), terms.accountRates(), terms.venueRates());
        }
    }

    LimiterMetrics(final View view, final MeterRegistry registry) {
        this.view = view;
        this.registry = registry;
        bindAccounts();
    }

    /** Reads all limiters, for the scrape that follows. */
    synchronized void refresh() {
        final Limiters now = view.read(reading -> Limiters.of(reading.terms()));
        now.sessions.forEach(this::take);
        accounts = now.accounts;
        now.venues.forEach(this::take);
    }

    private void take(final Terms.Rate rate) {
        final boolean known = rates.containsKey(rate.name());
        if (known || isLimited(rate)) {
            rates.put(rate.name(), rate);
        }
        if (!known && isLimited(rate)) {
            bind(rate.firm(), rate.name());
        }
    }

    private void take(final Terms.VenueRate rate) {
        final boolean known = venues.containsKey(rate.venue());
        if (known || isLimited(rate)) {
            venues.put(rate.venue(), rate);
        }
        if (!known && isLimited(rate)) {
            bind(rate.venue());
        }
    }

    private static boolean isLimited(final Terms.VenueRate rate) {
        return rate.tokens() != Long.MAX_VALUE;
    }

    private void bind(final String venue) {
        Gauge.builder(
                        "spindle.venue.limiter.tokens",
                        venues,
                        all -> isLimited(all.get(venue)) ? all.get(venue).tokens() : Double.NaN)
                .description("whole tokens left of the venue's rate; NaN once it has no limit")
                .tag("venue", venue)
                .strongReference(true)
                .register(registry);
    }

    private void bindAccounts() {
        Gauge.builder("spindle.account.limiters", this, all -> all.accounts.limited())
                .description("accounts that have a limit")
                .register(registry);
        Gauge.builder("spindle.account.limiters.empty", this, all -> all.accounts.empty())
                .description("accounts that have a limit and no whole token left")
                .register(registry);
        FunctionCounter.builder(
                        "spindle.account.limiter.breaches", this, all -> all.accounts.breaches())
                .description("orders that found no token of their account: rejected")
                .register(registry);
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
