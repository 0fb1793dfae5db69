package io.spindle.mgmt.api;

import io.javalin.http.Context;
import io.javalin.openapi.HttpMethod;
import io.javalin.openapi.OpenApi;
import io.javalin.openapi.OpenApiContent;
import io.javalin.openapi.OpenApiParam;
import io.javalin.openapi.OpenApiRequestBody;
import io.javalin.openapi.OpenApiResponse;
import io.spindle.mgmt.control.AdminCommand;
import io.spindle.mgmt.control.MemberCommands;
import io.spindle.mgmt.model.Balance;
import io.spindle.mgmt.model.Holding;
import io.spindle.mgmt.model.Order;
import io.spindle.mgmt.security.Principal;
import io.spindle.mgmt.security.Role;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What accounts own: cash and holdings, and transfers from and to the outside. */
final class LedgerApi {
    private static final int MONEY = Order.VALUE_DECIMALS;
    private static final Set<Role> EDITORS = EnumSet.of(Role.OPERATOR);

    private final Readings readings;
    private final Writes writes;
    private final Pages pages;

    LedgerApi(final Readings readings, final Writes writes, final Pages pages) {
        this.readings = readings;
        this.writes = writes;
        this.pages = pages;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/v1/balances", this::balances, Role.readers()),
                Route.post("/v1/balances", this::adjustCash, EDITORS),
                Route.get("/v1/holdings", this::holdings, Role.readers()),
                Route.post("/v1/holdings", this::adjustHolding, EDITORS));
    }

    @OpenApi(
            path = "/v1/balances",
            methods = HttpMethod.GET,
            operationId = "listBalances",
            summary = "Cash by account and currency, with reservations",
            tags = "members",
            queryParams = {
                @OpenApiParam(name = "account"),
                @OpenApiParam(name = "pageSize", type = Integer.class),
                @OpenApiParam(name = "pageToken")
            },
            responses = {
                @OpenApiResponse(
                        status = "200",
                        content = @OpenApiContent(from = LedgerJson.Balances.class)),
                @OpenApiResponse(status = "410", content = @OpenApiContent(from = Problem.class))
            })
    private void balances(final Context ctx) {
        final Principal caller = Access.caller(ctx);
        final String account = Parameters.text(ctx, "account");
        final var page =
                pages.list(
                        ctx,
                        readings,
                        Balance.class,
                        now ->
                                now.ledger().cash().stream()
                                        .filter(one -> caller.maySee(one.firm()))
                                        .filter(one -> is(account, one.account()))
                                        .toList());
        final List<LedgerJson.Balance> items =
                page.items().stream().map(LedgerJson.Balance::of).toList();
        ctx.json(new LedgerJson.Balances(page.sequence(), items, page.nextPageToken()));
    }

    /**
     * A transfer from outside.
     *
     * @param amount signed decimal string
     * @param expectedBalance if given, nothing is done unless the balance is this; looked at again
     *     when a second person approves
     * @param reason needed where a second person has to agree
     */
    public record CashTransferJson(
            String account,
            String currency,
            String amount,
            String expectedBalance,
            String reason) {}

    @OpenApi(
            path = "/v1/balances",
            methods = HttpMethod.POST,
            operationId = "transferCash",
            summary = "Cash in (positive) or out (negative) of an account",
            tags = "members",
            headers = @OpenApiParam(name = "Idempotency-Key"),
            requestBody =
                    @OpenApiRequestBody(content = @OpenApiContent(from = CashTransferJson.class)),
            responses = {
                @OpenApiResponse(status = "201", content = @OpenApiContent(from = Done.class)),
                @OpenApiResponse(status = "409", content = @OpenApiContent(from = Problem.class)),
                @OpenApiResponse(status = "422", content = @OpenApiContent(from = Problem.class))
            })
    private void adjustCash(final Context ctx) throws IOException, InterruptedException {
        final CashTransferJson body = Json.body(ctx, CashTransferJson.class);
        final Fields fields = new Fields();
        final String account = fields.name("/account", body.account, 16);
        final String currency = fields.name("/currency", body.currency, 4);
        final long amount = fields.amount("/amount", body.amount, MONEY);
        final Long expected = fields.limit("/expectedBalance", body.expectedBalance, MONEY);
        fields.check();
        final AdminCommand command =
                MemberCommands.adjustCash(writes.requestId(ctx), account, currency, amount);
        writes.answer(
                ctx,
                Write.of(command)
                        .ownedBy(readings.firmOfAccount(account))
                        .needsSecondPerson(body.reason)
                        .shows(Resource.of(Resource.Kind.CASH, currency, account))
                        .onlyIf(
                                expected == null
                                        ? null
                                        : new ExpectedBalance(account, currency, expected)));
    }

    @OpenApi(
            path = "/v1/holdings",
            methods = HttpMethod.GET,
            operationId = "listHoldings",
            summary = "Holdings, positions and profit by account and instrument",
            tags = "members",
            queryParams = {
                @OpenApiParam(name = "account"),
                @OpenApiParam(name = "symbol"),
                @OpenApiParam(name = "pageSize", type = Integer.class),
                @OpenApiParam(name = "pageToken")
            },
            responses = {
                @OpenApiResponse(
                        status = "200",
                        content = @OpenApiContent(from = LedgerJson.Holdings.class)),
                @OpenApiResponse(status = "410", content = @OpenApiContent(from = Problem.class))
            })
    private void holdings(final Context ctx) {
        final Principal caller = Access.caller(ctx);
        final String account = Parameters.text(ctx, "account");
        final String symbol = Parameters.text(ctx, "symbol");
        final var page =
                pages.list(
                        ctx,
                        readings,
                        Holding.class,
                        now ->
                                now.ledger().holdings().stream()
                                        .filter(one -> caller.maySee(one.firm()))
                                        .filter(one -> is(account, one.account()))
                                        .filter(one -> is(symbol, one.instrument().symbol()))
                                        .toList());
        final List<LedgerJson.Holding> items =
                page.items().stream().map(LedgerJson.Holding::of).toList();
        ctx.json(new LedgerJson.Holdings(page.sequence(), items, page.nextPageToken()));
    }

    private static boolean is(final String wanted, final String actual) {
        return wanted == null || wanted.equals(actual);
    }

    /**
     * A transfer of an asset from outside.
     *
     * @param quantity signed decimal string
     * @param reason needed where a second person has to agree
     */
    public record HoldingTransferJson(
            String account, String symbol, String quantity, String reason) {}

    @OpenApi(
            path = "/v1/holdings",
            methods = HttpMethod.POST,
            operationId = "transferHolding",
            summary = "An asset in (positive) or out (negative) of an account",
            tags = "members",
            headers = @OpenApiParam(name = "Idempotency-Key"),
            requestBody =
                    @OpenApiRequestBody(
                            content = @OpenApiContent(from = HoldingTransferJson.class)),
            responses = {
                @OpenApiResponse(status = "201", content = @OpenApiContent(from = Done.class)),
                @OpenApiResponse(status = "422", content = @OpenApiContent(from = Problem.class))
            })
    private void adjustHolding(final Context ctx) throws IOException, InterruptedException {
        final HoldingTransferJson body = Json.body(ctx, HoldingTransferJson.class);
        final Fields fields = new Fields();
        final String account = fields.name("/account", body.account, 16);
        final String symbol = fields.name("/symbol", body.symbol, 8);
        final int decimals =
                readings.read(ctx, now -> now.instrument(symbol))
                        .map(instrument -> instrument.lotExponent())
                        .orElse(0);
        final long lots = fields.amount("/quantity", body.quantity, decimals);
        fields.check();
        final AdminCommand command =
                MemberCommands.adjustHolding(writes.requestId(ctx), account, symbol, lots);
        writes.answer(
                ctx,
                Write.of(command)
                        .ownedBy(readings.firmOfAccount(account))
                        .shows(Resource.of(Resource.Kind.HOLDING, symbol, account))
                        .needsSecondPerson(body.reason));
    }
}
