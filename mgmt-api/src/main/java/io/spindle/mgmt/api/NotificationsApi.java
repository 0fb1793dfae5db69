package io.spindle.mgmt.api;

import io.javalin.http.Context;
import io.javalin.openapi.HttpMethod;
import io.javalin.openapi.OpenApi;
import io.javalin.openapi.OpenApiContent;
import io.javalin.openapi.OpenApiParam;
import io.javalin.openapi.OpenApiRequestBody;
import io.javalin.openapi.OpenApiResponse;
import io.spindle.mgmt.notify.Channel;
import io.spindle.mgmt.notify.DeadLetters.DeadLetter;
import io.spindle.mgmt.notify.Notifications;
import io.spindle.mgmt.office.Channels;
import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.stream.Topic;

import java.io.IOException;
import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Who is told what by webhook, e-mail or log, and what did not arrive. */
final class NotificationsApi {
    private static final Set<Role> KEEPERS = EnumSet.of(Role.ADMIN);
    private static final Set<Role> OPERATORS = EnumSet.of(Role.OPERATOR);

    private final Readings readings;
    private final Present present;
    private final Channels channels;

    NotificationsApi(final Readings readings, final Present present, final Channels channels) {
        this.readings = readings;
        this.present = present;
        this.channels = channels;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/v1/notifications", this::list, OPERATORS).wholeMarket(),
                Route.get("/v1/notifications/{name}", this::show, OPERATORS).wholeMarket(),
                Route.put("/v1/notifications/{name}", present.before(this::define), KEEPERS)
                        .wholeMarket()
                        .versioned()
                        .once(),
                Route.delete("/v1/notifications/{name}", present.before(this::remove), KEEPERS)
                        .wholeMarket()
                        .versioned()
                        .once(),
                Route.get("/v1/dead-letters", this::deadLetters, OPERATORS).wholeMarket(),
                Route.post("/v1/dead-letters/{id}", this::retry, OPERATORS).wholeMarket().once());
    }

    /** All channels. */
    public record ChannelsJson(List<Notifications.Status> items) {}

    @OpenApi(
            path = "/v1/notifications",
            methods = HttpMethod.GET,
            operationId = "listChannels",
            summary = "Channels, how far each has come, and what keeps it",
            tags = "notifications",
            responses =
                    @OpenApiResponse(
                            status = "200",
                            content = @OpenApiContent(from = ChannelsJson.class)))
    private void list(final Context ctx) {
        ctx.json(new ChannelsJson(channels.notifications().status()));
    }

    @OpenApi(
            path = "/v1/notifications/{name}",
            methods = HttpMethod.GET,
            operationId = "getChannel",
            summary = "A channel as it was defined, with its ETag",
            tags = "notifications",
            pathParams = @OpenApiParam(name = "name", required = true),
            responses = {
                @OpenApiResponse(status = "200", content = @OpenApiContent(from = Channel.class)),
                @OpenApiResponse(status = "404", content = @OpenApiContent(from = Problem.class))
            })
    private void show(final Context ctx) {
        Versions.show(ctx, found(ctx));
    }

    private Channel found(final Context ctx) {
        final String name = ctx.pathParam("name");
        return readings.read(ctx, now -> Channels.find(now, name))
                .orElseThrow(() -> ApiProblem.of(ProblemCode.NOT_FOUND, "no channel " + name));
    }

    @OpenApi(
            path = "/v1/notifications/{name}",
            methods = HttpMethod.PUT,
            operationId = "defineChannel",
            summary = "Defines or changes a channel: webhook, email or log, with its filters",
            tags = "notifications",
            pathParams = @OpenApiParam(name = "name", required = true),
            headers = {
                @OpenApiParam(name = "If-Match"),
                @OpenApiParam(name = "If-None-Match", description = "* for one that is new")
            },
            requestBody = @OpenApiRequestBody(content = @OpenApiContent(from = Channel.class)),
            responses = {
                @OpenApiResponse(status = "201", content = @OpenApiContent(from = Channel.class)),
                @OpenApiResponse(status = "412", content = @OpenApiContent(from = Problem.class)),
                @OpenApiResponse(status = "428", content = @OpenApiContent(from = Problem.class)),
                @OpenApiResponse(status = "422", content = @OpenApiContent(from = Problem.class))
            })
    private synchronized void define(final Context ctx) throws IOException, InterruptedException {
        present.require();
        final Channel channel = Json.body(ctx, Channel.class);
        final Fields fields = new Fields();
        final String name = ctx.pathParam("name");
        if (!name.matches("[a-z0-9-]{1,32}")) {
            fields.error("name", "must be 1 to 32 of a to z, 0 to 9 and -");
        }
        final String type =
                Channel.TYPES.get(fields.choice("/type", channel.type(), Channel.TYPES));
        if (type.equals("webhook") && !isWebAddress(channel.target())) {
            fields.error("/target", "must be an http or https address");
        }
        if (type.equals("email")
                && (channel.target() == null
                        || !channel.target().matches("[^@\\s,;<>]+@[^@\\s,;<>]+"))) {
            fields.error("/target", "must be a mail address");
        }
        for (final String topic : channel.topics()) {
            if (Topic.of(topic).isEmpty()) {
                fields.error("/topics", topic + " is no view");
            }
        }
        fields.check();
        final Channel wanted =
                new Channel(
                        type,
                        channel.target(),
                        channel.topics(),
                        channel.statuses(),
                        channel.firms());
        final Channel old = channels.find(name).orElse(null);
        Versions.require(ctx, old);
        Audit.before(ctx, old);
        ExternalFiles.run(() -> channels.define(name, wanted, Access.caller(ctx).name()));
        Audit.after(ctx, wanted);
        Versions.tell(ctx, wanted);
        ctx.status(201).json(wanted);
    }

    private static boolean isWebAddress(final String text) {
        try {
            final URI address = URI.create(text == null ? "" : text);
            return Set.of("http", "https").contains(String.valueOf(address.getScheme()))
                    && address.getHost() != null;
        } catch (final IllegalArgumentException wrong) {
            return false;
        }
    }

    @OpenApi(
            path = "/v1/notifications/{name}",
            methods = HttpMethod.DELETE,
            operationId = "removeChannel",
            summary = "Ends a channel; its dead letters stay",
            tags = "notifications",
            pathParams = @OpenApiParam(name = "name", required = true),
            headers = @OpenApiParam(name = "If-Match", required = true),
            responses = {
                @OpenApiResponse(status = "204"),
                @OpenApiResponse(status = "404", content = @OpenApiContent(from = Problem.class)),
                @OpenApiResponse(status = "412", content = @OpenApiContent(from = Problem.class)),
                @OpenApiResponse(status = "428", content = @OpenApiContent(from = Problem.class))
            })
    private synchronized void remove(final Context ctx) throws IOException, InterruptedException {
        present.require();
        final String name = ctx.pathParam("name");
        final Channel old = found(ctx);
        Versions.require(ctx, old);
        Audit.before(ctx, old);
        ExternalFiles.run(() -> channels.remove(name, Access.caller(ctx).name()));
        ctx.status(204);
    }

    /** What did not arrive. */
    public record DeadLettersJson(List<DeadLetter> items) {}

    @OpenApi(
            path = "/v1/dead-letters",
            methods = HttpMethod.GET,
            operationId = "listDeadLetters",
            summary = "Messages that could not be delivered, the oldest first",
            tags = "notifications",
            responses =
                    @OpenApiResponse(
                            status = "200",
                            content = @OpenApiContent(from = DeadLettersJson.class)))
    private void deadLetters(final Context ctx) {
        ctx.json(new DeadLettersJson(channels.notifications().deadLetters()));
    }

    @OpenApi(
            path = "/v1/dead-letters/{id}",
            methods = HttpMethod.POST,
            operationId = "retryDeadLetter",
            summary = "Tries to deliver it once more; it leaves the list if it arrives",
            tags = "notifications",
            pathParams = @OpenApiParam(name = "id", required = true),
            responses = {
                @OpenApiResponse(status = "204"),
                @OpenApiResponse(status = "404", content = @OpenApiContent(from = Problem.class)),
                @OpenApiResponse(status = "409", content = @OpenApiContent(from = Problem.class))
            })
    private void retry(final Context ctx) throws InterruptedException {
        final String id = ctx.pathParam("id");
        try {
            if (!channels.notifications().retry(id)) {
                throw ApiProblem.of(ProblemCode.NOT_FOUND, "no dead letter " + id);
            }
        } catch (final IOException failure) {
            throw ApiProblem.of(ProblemCode.CONFLICT, "still not: " + failure.getMessage());
        }
        ctx.status(204);
    }
}
