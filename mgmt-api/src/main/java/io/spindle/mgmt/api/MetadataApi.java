package io.spindle.mgmt.api;

import com.fasterxml.jackson.core.JsonProcessingException;

import io.javalin.http.Context;
import io.javalin.openapi.HttpMethod;
import io.javalin.openapi.OpenApi;
import io.javalin.openapi.OpenApiContent;
import io.javalin.openapi.OpenApiParam;
import io.javalin.openapi.OpenApiRequestBody;
import io.javalin.openapi.OpenApiResponse;
import io.spindle.mgmt.control.Commands;
import io.spindle.mgmt.model.Metadata;
import io.spindle.mgmt.model.Note;
import io.spindle.mgmt.model.OrderId;
import io.spindle.mgmt.security.Principal;
import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.view.View;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What people say about accounts, exchanges, feeds, owners, request statuses and orders: a free
 * JSON object each, kept with its history and served as it came.
 */
final class MetadataApi {
    private static final Set<Role> EDITORS = EnumSet.of(Role.OPERATOR);

    private final Readings readings;
    private final Writes writes;

    MetadataApi(final Readings readings, final Writes writes) {
        this.readings = readings;
        this.writes = writes;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/v1/metadata/{kind}", this::list, Role.readers()),
                Route.get("/v1/metadata/{kind}/{key}", this::read, Role.readers()),
                Route.get("/v1/metadata/{kind}/{key}/history", this::history, Role.readers()),
                Route.put("/v1/metadata/{kind}/{key}", this::define, EDITORS).versioned(),
                Route.delete("/v1/metadata/{kind}/{key}", this::remove, EDITORS).versioned());
    }

    /** Entries, true at a sequence. */
    public record EntriesJson(long sequence, List<MetadataJson> items) {}

    @OpenApi(
            path = "/v1/metadata/{kind}",
            methods = HttpMethod.GET,
            operationId = "listMetadata",
            summary =
                    "All entries of a kind: account, exchange, feed, owner, request-status, order",
            tags = "metadata",
            pathParams = @OpenApiParam(name = "kind", required = true),
            responses =
                    @OpenApiResponse(
                            status = "200",
                            content = @OpenApiContent(from = EntriesJson.class)))
    private void list(final Context ctx) {
        final Principal caller = Access.caller(ctx);
        final String kind = readableKind(ctx);
        ctx.json(readings.read(ctx, now -> entries(now, now.metadata().list(kind), caller)));
    }

    /** The kind that is asked for, if it is for the caller. */
    private static String readableKind(final Context ctx) {
        final String kind = ctx.pathParam("kind");
        if (!MetadataKinds.mayRead(Access.caller(ctx), kind)) {
            throw ApiProblem.forbidden(Access.names(MetadataKinds.readers(kind)));
        }
        return kind;
    }

    private static EntriesJson entries(
            final View.Reading now, final List<Metadata> found, final Principal caller) {
        return new EntriesJson(
                now.sequence(),
                found.stream()
                        .filter(entry -> caller.maySee(entry.firm()))
                        .map(MetadataJson::of)
                        .toList());
    }

    @OpenApi(
            path = "/v1/metadata/{kind}/{key}",
            methods = HttpMethod.GET,
            operationId = "getMetadata",
            summary = "One entry, with its ETag",
            tags = "metadata",
            pathParams = {
                @OpenApiParam(name = "kind", required = true),
                @OpenApiParam(name = "key", required = true)
            },
            responses = {
                @OpenApiResponse(
                        status = "200",
                        content = @OpenApiContent(from = MetadataJson.class)),
                @OpenApiResponse(status = "404", content = @OpenApiContent(from = Problem.class))
            })
    private void read(final Context ctx) {
        final Principal caller = Access.caller(ctx);
        final String kind = readableKind(ctx);
        final Metadata entry =
                readings.read(ctx, now -> now.metadata().find(kind, ctx.pathParam("key")))
                        .filter(found -> caller.maySee(found.firm()))
                        .orElseThrow(() -> missing(ctx));
        Versions.show(ctx, MetadataJson.of(entry));
    }

    private static ApiProblem missing(final Context ctx) {
        return ApiProblem.of(
                ProblemCode.NOT_FOUND,
                "no " + ctx.pathParam("kind") + " metadata " + ctx.pathParam("key"));
    }

    @OpenApi(
            path = "/v1/metadata/{kind}/{key}/history",
            methods = HttpMethod.GET,
            operationId = "metadataHistory",
            summary = "What the entry said before, the oldest first; null where it was taken away",
            tags = "metadata",
            pathParams = {
                @OpenApiParam(name = "kind", required = true),
                @OpenApiParam(name = "key", required = true)
            },
            responses =
                    @OpenApiResponse(
                            status = "200",
                            content = @OpenApiContent(from = EntriesJson.class)))
    private void history(final Context ctx) {
        final Principal caller = Access.caller(ctx);
        final String kind = readableKind(ctx);
        final String key = ctx.pathParam("key");
        ctx.json(
                readings.read(
                        ctx, now -> entries(now, now.metadata().versions(kind, key), caller)));
    }

    @OpenApi(
            path = "/v1/metadata/{kind}/{key}",
            methods = HttpMethod.PUT,
            operationId = "defineMetadata",
            summary = "Sets the whole entry, with If-Match, or If-None-Match where there is none",
            tags = "metadata",
            pathParams = {
                @OpenApiParam(name = "kind", required = true),
                @OpenApiParam(name = "key", required = true)
            },
            headers = {@OpenApiParam(name = "If-Match"), @OpenApiParam(name = "Idempotency-Key")},
            requestBody =
                    @OpenApiRequestBody(
                            description = "Any JSON object",
                            content = @OpenApiContent(mimeType = "application/json")),
            responses = {
                @OpenApiResponse(status = "201", content = @OpenApiContent(from = Done.class)),
                @OpenApiResponse(status = "412", content = @OpenApiContent(from = Problem.class)),
                @OpenApiResponse(status = "422", content = @OpenApiContent(from = Problem.class)),
                @OpenApiResponse(status = "428", content = @OpenApiContent(from = Problem.class))
            })
    private void define(final Context ctx) throws IOException, InterruptedException {
        final String attributes = object(ctx.body());
        if (ctx.pathParam("kind").equals(RequestStatusesApi.KIND)) {
            RequestStatusesApi.check(ctx.pathParam("key"), attributes);
        }
        write(ctx, attributes);
    }

    /** The text as it came, if it is a JSON object that fits. */
    private static String object(final String text) {
        try {
            if (!Json.MAPPER.readTree(text).isObject()) {
                throw ApiProblem.of(ProblemCode.BAD_REQUEST, "the body is no JSON object");
            }
        } catch (final JsonProcessingException broken) {
            throw ApiProblem.of(
                    ProblemCode.BAD_REQUEST, "no valid JSON: " + broken.getOriginalMessage());
        }
        if (text.getBytes(StandardCharsets.UTF_8).length > Note.MAX_ATTRIBUTES) {
            throw ApiProblem.of(
                    ProblemCode.TOO_LARGE, "more than " + Note.MAX_ATTRIBUTES + " bytes");
        }
        return text;
    }

    @OpenApi(
            path = "/v1/metadata/{kind}/{key}",
            methods = HttpMethod.DELETE,
            operationId = "removeMetadata",
            summary = "Takes the entry away; its history stays",
            tags = "metadata",
            pathParams = {
                @OpenApiParam(name = "kind", required = true),
                @OpenApiParam(name = "key", required = true)
            },
            headers = {@OpenApiParam(name = "If-Match"), @OpenApiParam(name = "Idempotency-Key")},
            responses = {
                @OpenApiResponse(status = "201", content = @OpenApiContent(from = Done.class)),
                @OpenApiResponse(status = "404", content = @OpenApiContent(from = Problem.class)),
                @OpenApiResponse(status = "412", content = @OpenApiContent(from = Problem.class)),
                @OpenApiResponse(status = "428", content = @OpenApiContent(from = Problem.class))
            })
    private void remove(final Context ctx) throws IOException, InterruptedException {
        if (writes.repeats(ctx)) {
            return;
        }
        if (readings.read(ctx, now -> find(now, ctx.pathParam("kind"), ctx.pathParam("key")))
                == null) {
            throw missing(ctx);
        }
        write(ctx, "");
    }

    private void write(final Context ctx, final String attributes)
            throws IOException, InterruptedException {
        final Fields fields = new Fields();
        final String kind = ctx.pathParam("kind");
        if (!MetadataKinds.EDITABLE.contains(kind)) {
            fields.error("kind", "must be one of " + MetadataKinds.EDITABLE);
        }
        final String key = fields.name("key", ctx.pathParam("key"), 64);
        fields.check();
        final String firm = readings.read(ctx, now -> firm(now, kind, key));
        writes.answer(
                ctx,
                Write.of(
                                Commands.annotate(
                                        writes.requestId(ctx),
                                        new Note(kind, key, Access.caller(ctx).name(), attributes)))
                        .ownedBy(firm.isEmpty() ? null : firm)
                        .changes(Resource.of(Resource.Kind.METADATA, kind, key)));
    }

    static MetadataJson find(final View.Reading now, final String kind, final String key) {
        return now.metadata().find(kind, key).map(MetadataJson::of).orElse(null);
    }

    private static String firm(final View.Reading now, final String kind, final String key) {
        return switch (kind) {
            case "owner" -> key;
            case "account" ->
                    now.ledger().accounts().stream()
                            .filter(one -> one.code().equals(key))
                            .map(one -> one.firm())
                            .findFirst()
                            .orElse("");
            case "order" ->
                    OrderId.parse(key)
                            .flatMap(id -> now.orders().find(id))
                            .map(order -> order.firm())
                            .orElse("");
            default -> "";
        };
    }
}
