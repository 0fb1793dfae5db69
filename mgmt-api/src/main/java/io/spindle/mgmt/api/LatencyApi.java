package io.spindle.mgmt.api;

import io.javalin.http.Context;
import io.javalin.openapi.HttpMethod;
import io.javalin.openapi.OpenApi;
import io.javalin.openapi.OpenApiContent;
import io.javalin.openapi.OpenApiResponse;
import io.spindle.mgmt.latency.Latencies;
import io.spindle.mgmt.latency.Stage;
import io.spindle.mgmt.security.Role;

import org.HdrHistogram.Histogram;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Latency by stage: percentiles and buckets as JSON, every interval as an HdrHistogram log. */
final class LatencyApi {
    private static final long FIRST_BUCKET_NS = 250;
    private static final long LAST_BUCKET_NS = 16_384_000;

    private final Latencies latencies;

    LatencyApi(final Latencies latencies) {
        this.latencies = latencies;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/v1/latency", this::summary, Role.readers()),
                Route.get("/v1/latency.hlog", this::log, Role.readers()));
    }

    /** How many values were above the bucket before, up to this. */
    public record BucketJson(long upToNs, long count) {}

    /**
     * A stage over the last hour, in ns.
     *
     * @param buckets doubling from 250 ns; above the last is the rest up to the maximum
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
            List<BucketJson> buckets) {
        static StageJson of(final Stage stage, final Histogram histogram) {
            return new StageJson(
                    stage.label(),
                    stage.meaning,
                    histogram.getTotalCount(),
                    histogram.getValueAtPercentile(50),
                    histogram.getValueAtPercentile(99),
                    histogram.getValueAtPercentile(99.9),
                    histogram.getValueAtPercentile(99.99),
                    histogram.getMaxValue(),
                    buckets(histogram));
        }

        private static List<BucketJson> buckets(final Histogram histogram) {
            final List<BucketJson> buckets = new ArrayList<>();
            long from = 0;
            for (long upTo = FIRST_BUCKET_NS; upTo <= LAST_BUCKET_NS; upTo *= 2) {
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
            summary = "Percentiles and buckets of each stage over the last hour",
            tags = "health",
            responses =
                    @OpenApiResponse(
                            status = "200",
                            content = @OpenApiContent(from = LatencyJson.class)))
    private void summary(final Context ctx) {
        ctx.json(
                new LatencyJson(
                        Arrays.stream(Stage.values())
                                .map(stage -> StageJson.of(stage, latencies.total(stage)))
                                .toList()));
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
