package io.spindle.mgmt.api;

import io.javalin.http.Context;
import io.javalin.openapi.HttpMethod;
import io.javalin.openapi.OpenApi;
import io.javalin.openapi.OpenApiContent;
import io.javalin.openapi.OpenApiIgnore;
import io.javalin.openapi.OpenApiParam;
import io.javalin.openapi.OpenApiRequestBody;
import io.javalin.openapi.OpenApiResponse;
import io.spindle.mgmt.control.Scope;
import io.spindle.mgmt.control.TermsCommands;
import io.spindle.mgmt.security.Principal;
import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.view.Terms;
import io.spindle.mgmt.view.View;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Message rates of sessions and accounts, with the present state of each limiter. */
final class RatesApi {
    private static final Set<Role> EDITORS = EnumSet.of(Role.OPERATOR, Role.RISK);
    private static final List<String> MODES = List.of("reject", "queue", "log_out");
    private static final String MODE_LETTERS = "RQL";
    private static final List<String> MILDEST_FIRST = List.of("queue", "reject", "log_out");
    private static final int MAX_RATE = 10_000_000;

    private final Readings readings;
    private final Writes writes;

    RatesApi(final Readings readings, final Writes writes) {
        this.readings = readings;
        this.writes = writes;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/v1/rates", this::rates, Role.readers()),
                Route.get("/v1/rates/{scope}/{name}", this::show, Role.readers()),
                Route.put("/v1/rates/{scope}/{name}", this::setRate, EDITORS).versioned());
    }

    /**
     * A limiter.
     *
     * @param scope session or account; from the path when setting, as is the name
     * @param mode reject, queue or log_out; an account rejects, for it has no queue of its own
     * @param perSecond 0 = no limit
     * @param tokens now in the bucket; absent without a limit, and when setting
     * @param queued orders behind it now
     * @param breaches since the session or account was defined
     * @param reason why it is to be milder, where a second person has to agree; absent when shown
     */
    public record RateJson(
            String scope,
            String name,
            String mode,
            Long perSecond,
            Integer burst,
            Long tokens,
            Integer queued,
            Long breaches,
            String reason) {
        static RateJson of(final Terms.Rate rate) {
            final boolean limited = rate.bucket().perSecond() != 0;
            return new RateJson(
                    rate.kind(),
                    rate.name(),
                    limited ? MODES.get(MODE_LETTERS.indexOf(rate.bucket().mode())) : null,
                    rate.bucket().perSecond(),
                    rate.bucket().burst(),
                    limited ? rate.bucket().tokens() : null,
                    rate.queued(),
                    rate.bucket().breaches(),
                    null);
        }

        @OpenApiIgnore
        RateJson terms() {
            return new RateJson(scope, name, mode, perSecond, burst, null, null, null, null);
        }

        /** It lets no more pass than this one, and does no less about what it stops. */
        @OpenApiIgnore
        boolean isMetBy(final String otherMode, final int otherRate, final int otherBurst) {
            return perSecond == 0
                    || otherRate != 0
                            && otherRate <= perSecond
                            && otherBurst <= burst
                            && MILDEST_FIRST.indexOf(otherMode) >= MILDEST_FIRST.indexOf(mode);
        }
    }

    /** Limiters, true at a sequence. */
    public record RatesJson(long sequence, List<RateJson> items) {}

    @OpenApi(
            path = "/v1/rates",
            methods = HttpMethod.GET,
            operationId = "listRates",
            summary = "Every limiter: its terms, its tokens, its queue, its breaches",
            tags = "terms",
            responses =
                    @OpenApiResponse(
                            status = "200",
                            content = @OpenApiContent(from = RatesJson.class)))
    private void rates(final Context ctx) {
        final Principal caller = Access.caller(ctx);
        ctx.json(
                readings.read(
                        ctx,
                        now ->
                                new RatesJson(
                                        now.sequence(),
                                        now.terms().rates().stream()
                                                .filter(rate -> caller.maySee(rate.firm()))
                                                .map(RateJson::of)
                                                .toList())));
    }

    @OpenApi(
            path = "/v1/rates/{scope}/{name}",
            methods = HttpMethod.GET,
            operationId = "getRate",
            summary = "One limiter; its ETag is that of its terms, not of its state",
            tags = "terms",
            pathParams = {
                @OpenApiParam(name = "scope", required = true),
                @OpenApiParam(name = "name", required = true)
            },
            responses = {
                @OpenApiResponse(status = "200", content = @OpenApiContent(from = RateJson.class)),
                @OpenApiResponse(status = "404", content = @OpenApiContent(from = Problem.class)),
                @OpenApiResponse(status = "422", content = @OpenApiContent(from = Problem.class))
            })
    private void show(final Context ctx) {
        final Scope scope = scope(ctx);
        final String firm = readings.firmOf(scope);
        final RateJson rate = readings.read(ctx, now -> rate(now, scope));
        if (rate == null || firm == null || !Access.caller(ctx).maySee(firm)) {
            throw ApiProblem.of(ProblemCode.NOT_FOUND, "no limiter of " + scope.name());
        }
        ctx.header("ETag", Versions.tag(rate.terms())).json(rate);
    }

    private static Scope scope(final Context ctx) {
        final Fields fields = new Fields();
        final Scope scope = fields.scope(ctx.pathParam("scope"), ctx.pathParam("name"));
        fields.check();
        return scope;
    }

    @OpenApi(
            path = "/v1/rates/{scope}/{name}",
            methods = HttpMethod.PUT,
            operationId = "setRate",
            summary = "Sets the message rate of a session or an account",
            tags = "terms",
            pathParams = {
                @OpenApiParam(name = "scope", required = true),
                @OpenApiParam(name = "name", required = true)
            },
            headers = @OpenApiParam(name = "Idempotency-Key"),
            requestBody = @OpenApiRequestBody(content = @OpenApiContent(from = RateJson.class)),
            responses = {
                @OpenApiResponse(status = "201", content = @OpenApiContent(from = Done.class)),
                @OpenApiResponse(status = "422", content = @OpenApiContent(from = Problem.class))
            })
    private void setRate(final Context ctx) throws IOException, InterruptedException {
        final RateJson body = Json.body(ctx, RateJson.class);
        final Fields fields = new Fields();
        final Scope scope = scope(ctx);
        final boolean queues = scope.kind() == Scope.Kind.SESSION;
        final int mode = fields.choice("/mode", body.mode, queues ? MODES : MODES.subList(0, 1));
        final int perSecond = fields.whole("/perSecond", body.perSecond, 0, MAX_RATE);
        final int burst = fields.whole("/burst", body.burst, 0, MAX_RATE);
        fields.check();
        final Write write =
                Write.of(
                                TermsCommands.setRate(
                                        writes.requestId(ctx),
                                        scope,
                                        MODE_LETTERS.charAt(mode),
                                        perSecond,
                                        burst))
                        .changes(Resource.of(Resource.Kind.RATE, scope));
        final RateJson known = readings.present(now -> terms(now, scope));
        final boolean tightens =
                Versions.isSeen(ctx, known) && known.isMetBy(MODES.get(mode), perSecond, burst);
        writes.answer(ctx, tightens ? write : write.needsSecondPerson(body.reason));
    }

    private static RateJson rate(final View.Reading now, final Scope scope) {
        return now.terms().rates().stream()
                .filter(rate -> rate.kind().equals(scope.label()))
                .filter(rate -> rate.name().equals(scope.name()))
                .map(RateJson::of)
                .findFirst()
                .orElse(null);
    }

    /** The limiter's terms without its state, which changes all the time. */
    static RateJson terms(final View.Reading now, final Scope scope) {
        final RateJson rate = rate(now, scope);
        return rate == null ? null : rate.terms();
    }
}
