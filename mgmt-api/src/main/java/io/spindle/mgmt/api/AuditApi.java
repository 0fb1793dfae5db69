package io.spindle.mgmt.api;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.databind.JsonNode;

import io.javalin.http.Context;
import io.javalin.openapi.HttpMethod;
import io.javalin.openapi.OpenApi;
import io.javalin.openapi.OpenApiContent;
import io.javalin.openapi.OpenApiParam;
import io.javalin.openapi.OpenApiResponse;
import io.spindle.mgmt.audit.AuditChain;
import io.spindle.mgmt.audit.AuditLog;
import io.spindle.mgmt.model.Times;
import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.stream.EventLog.Position;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The record of what was asked of this API, checked while it is read. */
final class AuditApi {
    private final AuditLog log;

    AuditApi(final AuditLog log) {
        this.log = log;
    }

    List<Route> routes() {
        final Set<Role> auditors = EnumSet.of(Role.AUDITOR);
        return List.of(Route.get("/v1/audit/calls", this::calls, auditors).wholeMarket());
    }

    /**
     * One record of the chain.
     *
     * @param call as it was written: time, event, caller, method, path, body, status, sequence,
     *     before and after
     */
    public record CallJson(long number, @JsonRawValue String call) {}

    /**
     * Records in order.
     *
     * @param head last record as NUMBER:HASH; to be kept elsewhere for `spindle audit verify`
     * @param fault what is wrong with the chain behind these, empty if nothing is
     */
    public record CallsJson(String head, String fault, List<CallJson> items) {}

    @OpenApi(
            path = "/v1/audit/calls",
            methods = HttpMethod.GET,
            operationId = "auditCalls",
            summary = "What was asked of this API, by whom, and what became of it",
            tags = "events",
            queryParams = {
                @OpenApiParam(
                        name = "from",
                        description =
                                "A record's number, exclusive; nanoseconds or an ISO-8601 instant,"
                                        + " inclusive"),
                @OpenApiParam(
                        name = "to",
                        description =
                                "A record's number, nanoseconds or an ISO-8601 instant; inclusive"),
                @OpenApiParam(name = "count", type = Integer.class)
            },
            responses = {
                @OpenApiResponse(status = "200", content = @OpenApiContent(from = CallsJson.class)),
                @OpenApiResponse(status = "422", content = @OpenApiContent(from = Problem.class))
            })
    private void calls(final Context ctx) throws IOException {
        final Records wanted = Records.of(ctx);
        final int count = Parameters.integer(ctx, "count", 1_000, 1, 10_000);
        final List<CallJson> items = new ArrayList<>();
        final AuditChain.Finding finding =
                AuditChain.read(
                        log.file(),
                        (number, json) -> {
                            if (items.size() < count && wanted.include(number, json)) {
                                items.add(new CallJson(number, json));
                            }
                        });
        ctx.json(new CallsJson(finding.head().toString(), finding.fault(), items));
    }

    /**
     * Records between two ends. Their times are the wall clock's, which may go back, so that each
     * is looked at.
     *
     * @param after number of the record behind which they begin
     * @param upTo number of the last
     * @param fromNs earliest time, ns since 1970, and {@code toNs} the latest
     */
    private record Records(long after, long upTo, long fromNs, long toNs) {
        static Records of(final Context ctx) {
            return new Records(
                    number(ctx, "from", 0),
                    number(ctx, "to", Long.MAX_VALUE),
                    RangeEnd.timeNs(RangeEnd.of(ctx, "from"), Long.MIN_VALUE),
                    RangeEnd.timeNs(RangeEnd.of(ctx, "to"), Long.MAX_VALUE));
        }

        private static long number(final Context ctx, final String name, final long otherwise) {
            final Position place = RangeEnd.of(ctx, name).map(RangeEnd::place).orElse(null);
            if (place == null) {
                return otherwise;
            }
            if (!place.equals(Position.behind(place.sequence()))) {
                throw ApiProblem.field(name, "is no record's number");
            }
            return place.sequence();
        }

        boolean include(final long number, final String json) {
            return number > after && number <= upTo && (isOfAnyTime() || isInTime(json));
        }

        private boolean isOfAnyTime() {
            return fromNs == Long.MIN_VALUE && toNs == Long.MAX_VALUE;
        }

        private boolean isInTime(final String json) {
            final long timeNs = Times.parse(Json.read(json, JsonNode.class).path("time").asText());
            return timeNs >= fromNs && timeNs <= toNs;
        }
    }
}
