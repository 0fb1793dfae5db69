package io.spindle.mgmt.api;

import io.javalin.http.Context;
import io.javalin.openapi.HttpMethod;
import io.javalin.openapi.OpenApi;
import io.javalin.openapi.OpenApiContent;
import io.javalin.openapi.OpenApiResponse;
import io.spindle.mgmt.latency.Latencies;
import io.spindle.mgmt.latency.Outlier;
import io.spindle.mgmt.latency.Stage;
import io.spindle.mgmt.model.Times;
import io.spindle.mgmt.security.Role;

import org.HdrHistogram.Histogram;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Latency by stage: figures and outliers as JSON, every interval as an HdrHistogram log. */
final class LatencyApi {
    private final Latencies latencies;

    LatencyApi(final Latencies latencies) {
        this.latencies = latencies;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/v1/latency", this::summary, Role.all()),
                Route.get("/v1/latency.hlog", this::log, Role.all()));
    }

    /** How many values were above the bucket before, up to this. */
    public record BucketJson(long upToNs, long count) {}

    /**
     * One of those that took longest.
     *
     * @param time log time of the command
     */
    public record OutlierJson(long sequence, String time, long ns) {
        static OutlierJson of(final Outlier outlier) {
            return new OutlierJson(
                    outlier.sequence(), Times.text(outlier.timeNs()), outlier.tookNs());
        }
    }

    /**
     * A stage over the last hour, in ns.
     *
     * @param buckets doubling from 250 ns; above the last is the rest up to the maximum
     * @param outliers the ten that took longest, the longest first
     */
    public record StageJson(
            String stage,
            String meaning,
            long count,
            long p50,
            long p99,
            long p999,
            long p9999,
            long max,
            List<BucketJson> buckets,
            List<OutlierJson> outliers) {
        static StageJson of(
                final Stage stage, final Histogram histogram, final List<Outlier> outliers) {
            return new StageJson(
                    stage.label(),
                    stage.meaning,
                    histogram.getTotalCount(),
                    histogram.getValueAtPercentile(50),
                    histogram.getValueAtPercentile(99),
                    histogram.getValueAtPercentile(99.9),
                    histogram.getValueAtPercentile(99.99),
                    histogram.getMaxValue(),
                    buckets(histogram),
                    outliers.stream().map(OutlierJson::of).toList());
        }

        private static List<BucketJson> buckets(final Histogram histogram) {
            final List<BucketJson> buckets = new ArrayList<>();
            long from = 0;
            for (final long upTo : Latencies.buckets().toArray()) {
                buckets.add(new BucketJson(upTo, histogram.getCountBetweenValues(from, upTo)));
                from = histogram.nextNonEquivalentValue(upTo);
            }
            return buckets;
        }
    }

    /** All stages. */
    public record LatencyJson(List<StageJson> stages) {}

    @OpenApi(
            path = "/v1/latency",
            methods = HttpMethod.GET,
            operationId = "getLatency",
            summary = "Percentiles, buckets and outliers of each stage over the last hour",
            tags = "health",
            responses =
                    @OpenApiResponse(
                            status = "200",
                            content = @OpenApiContent(from = LatencyJson.class)))
    private void summary(final Context ctx) {
        ctx.json(new LatencyJson(Arrays.stream(Stage.values()).map(this::stage).toList()));
    }

    private StageJson stage(final Stage stage) {
        return StageJson.of(stage, latencies.total(stage), latencies.outliers(stage));
    }

    @OpenApi(
            path = "/v1/latency.hlog",
            methods = HttpMethod.GET,
            operationId = "getLatencyLog",
            summary = "The last hour's histograms, every ten seconds, tagged by stage",
            tags = "health",
            responses =
                    @OpenApiResponse(
                            status = "200",
                            content = @OpenApiContent(mimeType = "text/plain")))
    private void log(final Context ctx) {
        ctx.header("Content-Disposition", "attachment; filename=\"spindle-latency.hlog\"")
                .contentType("text/plain; charset=utf-8")
                .result(latencies.log());
    }
}
