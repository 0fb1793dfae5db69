package io.spindle.mgmt.api;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.javalin.http.Context;
import io.javalin.openapi.HttpMethod;
import io.javalin.openapi.OpenApi;
import io.javalin.openapi.OpenApiContent;
import io.javalin.openapi.OpenApiParam;
import io.javalin.openapi.OpenApiResponse;
import io.spindle.mgmt.model.Operations;
import io.spindle.mgmt.model.OrderId;
import io.spindle.mgmt.model.OrderRequest;
import io.spindle.mgmt.model.Times;
import io.spindle.mgmt.security.Principal;
import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.view.View;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** Requests, apart from the orders that they became: who asked for what, and what came of it. */
final class RequestsApi {
    private final Readings readings;
    private final Pages pages;

    RequestsApi(final Readings readings, final Pages pages) {
        this.readings = readings;
        this.pages = pages;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/v1/requests", this::list, Role.readers()),
                Route.get("/v1/requests/{id}", this::read, Role.readers()));
    }

    /** A step of a request's way; reason is a reject code. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record StepJson(String status, String reason, String at, long sequence) {
        static StepJson of(final OrderRequest.Step step) {
            return new StepJson(
                    label(step.status()),
                    step.reason().isEmpty() ? null : step.reason(),
                    Times.text(step.timeNs()),
                    step.sequence());
        }
    }

    /**
     * A request to enter or to replace an order.
     *
     * @param kind enter or replace
     * @param status received, queued, held, submitted (to other venues, none of which has
     *     answered), accepted, rejected, cancelled or expired
     * @param orderReference of the order that it became, absent while there is none
     * @param amendAllowed it, or the order that it became, may now be replaced, modified or
     *     cancelled in part
     * @param cancelAllowed it may now be cancelled whole
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record RequestJson(
            String id,
            String kind,
            String replaces,
            String firm,
            String account,
            String session,
            String symbol,
            String status,
            String orderReference,
            boolean amendAllowed,
            boolean cancelAllowed,
            List<StepJson> history) {
        static RequestJson of(final Found found) {
            final OrderRequest request = found.request;
            final Operations operations = found.operations;
            return new RequestJson(
                    request.id().toString(),
                    request.replaces() == null ? "enter" : "replace",
                    request.replaces() == null ? null : request.replaces().toString(),
                    request.firm(),
                    request.account(),
                    request.id().session(),
                    request.symbol(),
                    label(request.last().status()),
                    request.orderReference() == 0 ? null : Long.toString(request.orderReference()),
                    operations.amendAllowed(),
                    operations.cancelAllowed(),
                    request.history().stream().map(StepJson::of).toList());
        }
    }

    /** A request, and what may be asked of it; null while nobody has looked. */
    private record Found(OrderRequest request, Operations operations) {
        static Found of(final View.Reading now, final OrderRequest request) {
            return new Found(request, RequestStatusesApi.of(now, request));
        }
    }

    /**
     * A page of requests, all true at one sequence; behind the first page of a list that is not of
     * the past, what may be asked of them is as it was when the page was read.
     */
    public record RequestsJson(long sequence, List<RequestJson> items, String nextPageToken) {}

    @OpenApi(
            path = "/v1/requests",
            methods = HttpMethod.GET,
            operationId = "listRequests",
            summary = "Recent requests to enter or replace orders, the latest first",
            tags = "orders",
            queryParams = {
                @OpenApiParam(name = "session"),
                @OpenApiParam(name = "account"),
                @OpenApiParam(
                        name = "status",
                        description = "queued, held, submitted, accepted, rejected, …"),
                @OpenApiParam(name = "pageSize", type = Integer.class),
                @OpenApiParam(name = "pageToken")
            },
            responses = {
                @OpenApiResponse(
                        status = "200",
                        content = @OpenApiContent(from = RequestsJson.class)),
                @OpenApiResponse(status = "410", content = @OpenApiContent(from = Problem.class)),
                @OpenApiResponse(status = "422", content = @OpenApiContent(from = Problem.class))
            })
    private void list(final Context ctx) {
        final Predicate<OrderRequest> filter = filter(ctx);
        final boolean isPast = ctx.queryParam("asAt") != null;
        final int first = isPast ? Integer.MAX_VALUE : Pages.size(ctx);
        final var page = pages.list(ctx, readings, Found.class, now -> found(now, filter, first));
        final List<Found> items = page.items();
        final List<Found> known =
                items.stream().allMatch(one -> one.operations != null)
                        ? items
                        : readings.present(now -> complete(now, items));
        ctx.json(
                new RequestsJson(
                        page.sequence(),
                        known.stream().map(RequestJson::of).toList(),
                        page.nextPageToken()));
    }

    /** All that pass; what may be asked of them is looked up of the first ones alone. */
    private static List<Found> found(
            final View.Reading now, final Predicate<OrderRequest> filter, final int first) {
        final List<Found> found = new ArrayList<>();
        for (final OrderRequest request : now.requests().list(filter)) {
            found.add(found.size() < first ? Found.of(now, request) : new Found(request, null));
        }
        return found;
    }

    private static List<Found> complete(final View.Reading now, final List<Found> items) {
        return items.stream()
                .map(one -> one.operations == null ? Found.of(now, one.request) : one)
                .toList();
    }

    private static Predicate<OrderRequest> filter(final Context ctx) {
        final Principal caller = Access.caller(ctx);
        final String session = Parameters.text(ctx, "session");
        final String account = Parameters.text(ctx, "account");
        final OrderRequest.Status status =
                Parameters.choice(ctx, "status", OrderRequest.Status.class);
        return request ->
                caller.maySee(request.firm())
                        && (session == null || session.equals(request.id().session()))
                        && (account == null || account.equals(request.account()))
                        && (status == null || status == request.last().status());
    }

    @OpenApi(
            path = "/v1/requests/{id}",
            methods = HttpMethod.GET,
            operationId = "getRequest",
            summary = "One request and its history, for instance TEST00-0-17",
            tags = "orders",
            pathParams = @OpenApiParam(name = "id", required = true),
            responses = {
                @OpenApiResponse(
                        status = "200",
                        content = @OpenApiContent(from = RequestJson.class)),
                @OpenApiResponse(status = "404", content = @OpenApiContent(from = Problem.class))
            })
    private void read(final Context ctx) {
        final String id = ctx.pathParam("id");
        final RequestJson request =
                OrderId.parse(id)
                        .flatMap(parsed -> readings.read(ctx, now -> find(now, parsed)))
                        .filter(found -> Access.caller(ctx).maySee(found.firm()))
                        .orElseThrow(
                                () -> ApiProblem.of(ProblemCode.NOT_FOUND, "no request " + id));
        ctx.json(request);
    }

    private static Optional<RequestJson> find(final View.Reading now, final OrderId id) {
        return now.requests().find(id).map(found -> RequestJson.of(Found.of(now, found)));
    }

    private static String label(final OrderRequest.Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }
}
