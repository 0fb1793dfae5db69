package io.spindle.mgmt.api;

import com.fasterxml.jackson.annotation.JsonRawValue;

import io.javalin.http.Context;
import io.javalin.openapi.HttpMethod;
import io.javalin.openapi.OpenApi;
import io.javalin.openapi.OpenApiContent;
import io.javalin.openapi.OpenApiParam;
import io.javalin.openapi.OpenApiResponse;
import io.spindle.mgmt.audit.AuditChain;
import io.spindle.mgmt.audit.AuditLog;
import io.spindle.mgmt.security.Role;

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
                        type = Long.class,
                        description = "A record's number; exclusive"),
                @OpenApiParam(name = "count", type = Integer.class)
            },
            responses = {
                @OpenApiResponse(status = "200", content = @OpenApiContent(from = CallsJson.class)),
                @OpenApiResponse(status = "422", content = @OpenApiContent(from = Problem.class))
            })
    private void calls(final Context ctx) throws IOException {
        final long from = Parameters.number(ctx, "from", 0, 0, Long.MAX_VALUE);
        final int count = Parameters.integer(ctx, "count", 1_000, 1, 10_000);
        final List<CallJson> items = new ArrayList<>();
        final AuditChain.Finding finding =
                AuditChain.read(
                        log.file(),
                        (number, json) -> {
                            if (number > from && items.size() < count) {
                                items.add(new CallJson(number, json));
                            }
                        });
        ctx.json(new CallsJson(finding.head().toString(), finding.fault(), items));
    }
}
