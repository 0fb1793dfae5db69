package io.spindle.mgmt.process;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.spindle.loop.LoopCounter;
import io.spindle.mgmt.api.Refusals;
import io.spindle.mgmt.latency.Latencies;
import io.spindle.mgmt.latency.Stage;
import io.spindle.mgmt.office.FileKind;
import io.spindle.mgmt.office.Reconciliation;
import io.spindle.mgmt.office.ReconciliationSchedule;
import io.spindle.mgmt.view.View;

import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * What Prometheus may know: the loop's counters, the limiters, this replica's lag, this JVM. No
 * account, order or symbol is ever a label.
 */
public final class Metrics {
    private static final Set<LoopCounter> GAUGES =
            EnumSet.of(
                    LoopCounter.STATE,
                    LoopCounter.LOG_SEQUENCE,
                    LoopCounter.LOG_SYNCED,
                    LoopCounter.LOG_REPLICATED,
                    LoopCounter.ACK_SEQUENCE,
                    LoopCounter.LEASE_HELD,
                    LoopCounter.SESSIONS_UP,
                    LoopCounter.ORDERS_OPEN,
                    LoopCounter.LOG_REFUSAL);

    /** A time is exported in seconds; 64 bits of a digest do not fit a floating point number. */
    private static final Set<LoopCounter> NOT_AS_THEY_ARE =
            EnumSet.of(LoopCounter.LOG_TIME_NS, LoopCounter.EVENT_DIGEST);

    private static final double[] QUANTILES = {0.5, 0.99, 0.999, 0.9999, 1};
    private static final double MS_PER_SECOND = 1_000;

    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    private final LimiterMetrics limiters;

    Metrics(final LoopWatch loop, final View view) {
        limiters = new LimiterMetrics(view, registry);
        for (final LoopCounter counter : LoopCounter.values()) {
            if (!NOT_AS_THEY_ARE.contains(counter)) {
                bind(loop, counter);
            }
        }
        TimeGauge.builder(
                        "spindle.log.time",
                        loop,
                        TimeUnit.NANOSECONDS,
                        watch -> watch.get(LoopCounter.LOG_TIME_NS))
                .description("log time of the loop's last look, since the Unix epoch")
                .register(registry);
        gauge(
                "spindle.replica.sequence",
                "last command that mgmt's replica applied",
                view,
                it -> it.read(View.Reading::sequence));
        gauge(
                "spindle.replica.lag.commands",
                "commands in the log that mgmt's replica has not applied",
                view,
                it ->
                        Math.max(
                                0,
                                loop.get(LoopCounter.LOG_SEQUENCE)
                                        - it.read(View.Reading::sequence)));
        Gauge.builder("spindle.build.info", () -> 1)
                .description("always 1; the labels say what runs")
                .tag("java", Runtime.version().toString())
                .tag("version", version())
                .register(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
    }

    private void bind(final LoopWatch loop, final LoopCounter counter) {
        final String name = "spindle." + counter.label;
        if (GAUGES.contains(counter)) {
            gauge(name, counter.meaning, loop, watch -> watch.get(counter));
        } else {
            FunctionCounter.builder(name, loop, watch -> watch.get(counter))
                    .description(counter.meaning)
                    .register(registry);
        }
    }

    /** Adds a gauge of another part of this process. */
    public <T> void gauge(
            final String name,
            final String description,
            final T source,
            final ToDoubleFunction<T> value) {
        Gauge.builder(name, source, value)
                .description(description)
                .strongReference(true)
                .register(registry);
    }

    /** A histogram of each stage from now on, and its quantiles in the interval that runs. */
    void latencies(final Latencies latencies) {
        final Map<Stage, Timer> histograms = new EnumMap<>(Stage.class);
        final Duration[] buckets =
                Latencies.buckets().mapToObj(Duration::ofNanos).toArray(Duration[]::new);
        for (final Stage stage : Stage.values()) {
            histograms.put(
                    stage,
                    Timer.builder("spindle.stage.latency")
                            .description("how long it took in a stage")
                            .tag("stage", stage.label())
                            .serviceLevelObjectives(buckets)
                            .register(registry));
            for (final double quantile : QUANTILES) {
                TimeGauge.builder(
                                "spindle.latency",
                                latencies,
                                TimeUnit.NANOSECONDS,
                                it -> it.latest(stage).getValueAtPercentile(100 * quantile))
                        .description("latency of the last ten seconds")
                        .tag("stage", stage.label())
                        .tag("quantile", Double.toString(quantile))
                        .register(registry);
            }
        }
        latencies.onValue((stage, ns) -> histograms.get(stage).record(ns, TimeUnit.NANOSECONDS));
    }

    /** By subject, differences of the last runs and how long ago they were; and unread files. */
    void reconciliation(final Reconciliation desk, final ReconciliationSchedule schedule) {
        for (final FileKind kind : FileKind.values()) {
            Gauge.builder(
                            "spindle.reconciliation.differences",
                            desk,
                            it -> it.differences(kind).map(Integer::doubleValue).orElse(Double.NaN))
                    .description("differences of the last runs of a kind of file; NaN before one")
                    .tag("subject", kind.label())
                    .strongReference(true)
                    .register(registry);
            TimeGauge.builder(
                            "spindle.reconciliation.age",
                            desk,
                            TimeUnit.SECONDS,
                            it ->
                                    it.age(kind)
                                            .map(age -> age.toMillis() / MS_PER_SECOND)
                                            .orElse(Double.NaN))
                    .description("time since this process ran a kind of file; NaN before that")
                    .tag("subject", kind.label())
                    .strongReference(true)
                    .register(registry);
        }
        gauge(
                "spindle.reconciliation.faults",
                "files of the inbox that could not be compared at the last run",
                schedule,
                it -> it.faults().size());
    }

    /** Calls that were not let in, by status. */
    void refusals(final Refusals refusals) {
        for (final int status : Refusals.STATUSES) {
            FunctionCounter.builder("spindle.api.refused", refusals, it -> it.of(status))
                    .description("calls refused: 401 not logged in, 403 no right, 429 too many")
                    .tag("status", Integer.toString(status))
                    .register(registry);
        }
    }

    String scrape() {
        limiters.refresh();
        return registry.scrape();
    }

    private static String version() {
        final String version = Metrics.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
