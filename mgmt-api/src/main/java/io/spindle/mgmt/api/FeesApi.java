package io.spindle.mgmt.api;

import io.javalin.http.Context;
import io.javalin.openapi.HttpMethod;
import io.javalin.openapi.OpenApi;
import io.javalin.openapi.OpenApiContent;
import io.javalin.openapi.OpenApiParam;
import io.javalin.openapi.OpenApiRequestBody;
import io.javalin.openapi.OpenApiResponse;
import io.spindle.mgmt.control.TermsCommands;
import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.view.Terms;
import io.spindle.mgmt.view.View;
import io.spindle.oms.FeeTable;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** Fee schedules, and which account pays by which. */
final class FeesApi {
    private static final Set<Role> EDITORS = EnumSet.of(Role.OPERATOR, Role.RISK);

    private final Readings readings;
    private final Writes writes;

    FeesApi(final Readings readings, final Writes writes) {
        this.readings = readings;
        this.writes = writes;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/v1/fees", this::fees, Role.readers()),
                Route.get("/v1/fees/{schedule}", this::schedule, Role.readers()),
                Route.put("/v1/fees/{schedule}", this::setFees, EDITORS).versioned(),
                Route.get("/v1/accounts/{account}/fees", this::accountFees, Role.readers()),
                Route.put("/v1/accounts/{account}/fees", this::setAccountFees, EDITORS)
                        .versioned());
    }

    /**
     * A fee schedule.
     *
     * @param makerPpm millionths of a trade's value, negative for a rebate; as is takerPpm
     * @param reason needed where a second person has to agree; never shown
     */
    public record FeesJson(Integer schedule, Integer makerPpm, Integer takerPpm, String reason) {
        static FeesJson of(final Terms.Fees fees) {
            return new FeesJson(fees.schedule(), fees.makerPpm(), fees.takerPpm(), null);
        }
    }

    /** Schedules that charge or give anything, true at a sequence. */
    public record FeeSchedulesJson(long sequence, List<FeesJson> items) {}

    @OpenApi(
            path = "/v1/fees",
            methods = HttpMethod.GET,
            operationId = "listFees",
            summary = "Fee schedules that charge or give anything",
            tags = "terms",
            responses =
                    @OpenApiResponse(
                            status = "200",
                            content = @OpenApiContent(from = FeeSchedulesJson.class)))
    private void fees(final Context ctx) {
        ctx.json(
                readings.read(
                        ctx,
                        now ->
                                new FeeSchedulesJson(
                                        now.sequence(),
                                        now.terms().fees().stream().map(FeesJson::of).toList())));
    }

    @OpenApi(
            path = "/v1/fees/{schedule}",
            methods = HttpMethod.GET,
            operationId = "getFees",
            summary = "One fee schedule",
            tags = "terms",
            pathParams = @OpenApiParam(name = "schedule", type = Integer.class, required = true),
            responses = {
                @OpenApiResponse(status = "200", content = @OpenApiContent(from = FeesJson.class)),
                @OpenApiResponse(status = "422", content = @OpenApiContent(from = Problem.class))
            })
    private void schedule(final Context ctx) {
        final Fields fields = new Fields();
        final int number = number(ctx, fields);
        fields.check();
        Versions.show(ctx, readings.read(ctx, now -> FeesJson.of(now.terms().fees(number))));
    }

    private static int number(final Context ctx, final Fields fields) {
        return fields.index("schedule", ctx.pathParam("schedule"), 0, FeeTable.SCHEDULES - 1);
    }

    @OpenApi(
            path = "/v1/fees/{schedule}",
            methods = HttpMethod.PUT,
            operationId = "setFees",
            summary = "Sets a fee schedule for trades from the sequence in the reply on",
            tags = "terms",
            pathParams = @OpenApiParam(name = "schedule", type = Integer.class, required = true),
            headers = @OpenApiParam(name = "Idempotency-Key"),
            requestBody = @OpenApiRequestBody(content = @OpenApiContent(from = FeesJson.class)),
            responses = {
                @OpenApiResponse(status = "201", content = @OpenApiContent(from = Done.class)),
                @OpenApiResponse(status = "422", content = @OpenApiContent(from = Problem.class))
            })
    private void setFees(final Context ctx) throws IOException, InterruptedException {
        final FeesJson body = Json.body(ctx, FeesJson.class);
        final Fields fields = new Fields();
        final int number = number(ctx, fields);
        final int maker =
                fields.whole("/makerPpm", body.makerPpm, -FeeTable.MAX_PPM, FeeTable.MAX_PPM);
        final int taker =
                fields.whole("/takerPpm", body.takerPpm, -FeeTable.MAX_PPM, FeeTable.MAX_PPM);
        fields.check();
        writes.answer(
                ctx,
                Write.of(TermsCommands.setFees(writes.requestId(ctx), number, maker, taker))
                        .changes(new Resource(Resource.Kind.FEES, Integer.toString(number)))
                        .needsSecondPerson(body.reason));
    }

    /**
     * Which schedule an account pays by.
     *
     * @param reason needed where a second person has to agree; never shown
     */
    public record AccountFeesJson(Integer schedule, String reason) {}

    static FeesJson of(final View.Reading now, final int schedule) {
        return FeesJson.of(now.terms().fees(schedule));
    }

    static AccountFeesJson accountFees(final View.Reading now, final String account) {
        final OptionalInt schedule = now.terms().feeSchedule(account);
        return schedule.isEmpty() ? null : new AccountFeesJson(schedule.getAsInt(), null);
    }

    @OpenApi(
            path = "/v1/accounts/{account}/fees",
            methods = HttpMethod.GET,
            operationId = "getAccountFees",
            summary = "Which fee schedule an account pays by",
            tags = "terms",
            pathParams = @OpenApiParam(name = "account", required = true),
            responses = {
                @OpenApiResponse(
                        status = "200",
                        content = @OpenApiContent(from = AccountFeesJson.class)),
                @OpenApiResponse(status = "404", content = @OpenApiContent(from = Problem.class))
            })
    private void accountFees(final Context ctx) {
        final String account = ctx.pathParam("account");
        final String firm = readings.firmOfAccount(account);
        if (firm == null || !Access.caller(ctx).maySee(firm)) {
            throw ApiProblem.of(ProblemCode.NOT_FOUND, "no account " + account);
        }
        Versions.show(ctx, readings.read(ctx, now -> accountFees(now, account)));
    }

    @OpenApi(
            path = "/v1/accounts/{account}/fees",
            methods = HttpMethod.PUT,
            operationId = "setAccountFees",
            summary = "Puts an account on a fee schedule",
            tags = "terms",
            pathParams = @OpenApiParam(name = "account", required = true),
            headers = @OpenApiParam(name = "Idempotency-Key"),
            requestBody =
                    @OpenApiRequestBody(content = @OpenApiContent(from = AccountFeesJson.class)),
            responses = {
                @OpenApiResponse(status = "201", content = @OpenApiContent(from = Done.class)),
                @OpenApiResponse(status = "422", content = @OpenApiContent(from = Problem.class))
            })
    private void setAccountFees(final Context ctx) throws IOException, InterruptedException {
        final AccountFeesJson body = Json.body(ctx, AccountFeesJson.class);
        final Fields fields = new Fields();
        final String account = fields.name("account", ctx.pathParam("account"), 16);
        final int number = fields.whole("/schedule", body.schedule, 0, FeeTable.SCHEDULES - 1);
        fields.check();
        writes.answer(
                ctx,
                Write.of(TermsCommands.setAccountFees(writes.requestId(ctx), account, number))
                        .changes(new Resource(Resource.Kind.ACCOUNT_FEES, account))
                        .needsSecondPerson(body.reason));
    }
}
