package io.spindle.mgmt.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

import io.javalin.http.Context;
import io.javalin.openapi.HttpMethod;
import io.javalin.openapi.OpenApi;
import io.javalin.openapi.OpenApiContent;
import io.javalin.openapi.OpenApiIgnore;
import io.javalin.openapi.OpenApiParam;
import io.javalin.openapi.OpenApiRequestBody;
import io.javalin.openapi.OpenApiResponse;
import io.spindle.mgmt.control.AdminCommand;
import io.spindle.mgmt.control.MemberCommands;
import io.spindle.mgmt.model.Account;
import io.spindle.mgmt.security.Principal;
import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.view.View;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Owners (firms) and accounts; {@link SessionsApi} has their sessions, {@link LedgerApi} what
 * accounts own.
 */
final class MembersApi {
    private static final Set<Role> EDITORS = EnumSet.of(Role.OPERATOR);
    private static final int FIRM_LENGTH = 4;

    private final Readings readings;
    private final Writes writes;
    private final Pages pages;

    MembersApi(final Readings readings, final Writes writes, final Pages pages) {
        this.readings = readings;
        this.writes = writes;
        this.pages = pages;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/v1/owners", this::owners, Role.readers()),
                Route.post("/v1/owners", this::defineOwner, EDITORS),
                Route.get("/v1/accounts", this::accounts, Role.readers()),
                Route.post("/v1/accounts", this::defineAccount, EDITORS).versioned(),
                Route.get("/v1/accounts/{account}", this::account, Role.readers()));
    }

    /** A firm: the owner of accounts and sessions. */
    public record OwnerJson(String firm) {}

    /** All owners, true at a sequence. */
    public record OwnersJson(long sequence, List<OwnerJson> items) {}

    @OpenApi(
            path = "/v1/owners",
            methods = HttpMethod.GET,
            operationId = "listOwners",
            summary = "Firms that the caller may see",
            tags = "members",
            responses =
                    @OpenApiResponse(
                            status = "200",
                            content = @OpenApiContent(from = OwnersJson.class)))
    private void owners(final Context ctx) {
        final Principal caller = Access.caller(ctx);
        ctx.json(
                readings.read(
                        ctx,
                        now ->
                                new OwnersJson(
                                        now.sequence(),
                                        now.ledger().firms().stream()
                                                .filter(caller::maySee)
                                                .map(OwnerJson::new)
                                                .toList())));
    }

    @OpenApi(
            path = "/v1/owners",
            methods = HttpMethod.POST,
            operationId = "defineOwner",
            summary = "Defines a firm",
            tags = "members",
            headers = @OpenApiParam(name = "Idempotency-Key"),
            requestBody = @OpenApiRequestBody(content = @OpenApiContent(from = OwnerJson.class)),
            responses = {
                @OpenApiResponse(status = "201", content = @OpenApiContent(from = Done.class)),
                @OpenApiResponse(status = "422", content = @OpenApiContent(from = Problem.class))
            })
    private void defineOwner(final Context ctx) throws IOException, InterruptedException {
        final Fields fields = new Fields();
        final String firm = fields.name("/firm", Json.body(ctx, OwnerJson.class).firm, FIRM_LENGTH);
        fields.check();
        writes.answer(
                ctx,
                Write.of(MemberCommands.defineFirm(writes.requestId(ctx), firm))
                        .shows(Resource.Kind.FIRM, firm));
    }

    /** A page of accounts, all true at one sequence. */
    public record AccountsJson(long sequence, List<AccountJson> items, String nextPageToken) {}

    @OpenApi(
            path = "/v1/accounts",
            methods = HttpMethod.GET,
            operationId = "listAccounts",
            summary = "Accounts that the caller may see",
            tags = "members",
            queryParams = {
                @OpenApiParam(name = "pageSize", type = Integer.class),
                @OpenApiParam(name = "pageToken")
            },
            responses = {
                @OpenApiResponse(
                        status = "200",
                        content = @OpenApiContent(from = AccountsJson.class)),
                @OpenApiResponse(status = "410", content = @OpenApiContent(from = Problem.class))
            })
    private void accounts(final Context ctx) {
        final Principal caller = Access.caller(ctx);
        final var page =
                pages.list(ctx, readings, Account.class, now -> visible(now, caller).toList());
        final List<AccountJson> items = page.items().stream().map(AccountJson::of).toList();
        ctx.json(new AccountsJson(page.sequence(), items, page.nextPageToken()));
    }

    private static Stream<Account> visible(final View.Reading now, final Principal caller) {
        return now.ledger().accounts().stream().filter(one -> caller.maySee(one.firm()));
    }

    /** An account, true at a sequence. */
    public record AccountAtJson(long sequence, @JsonUnwrapped AccountJson account) {}

    @OpenApi(
            path = "/v1/accounts/{account}",
            methods = HttpMethod.GET,
            operationId = "getAccount",
            summary = "One account that the caller may see",
            tags = "members",
            pathParams = @OpenApiParam(name = "account", required = true),
            responses = {
                @OpenApiResponse(
                        status = "200",
                        content = @OpenApiContent(from = AccountAtJson.class)),
                @OpenApiResponse(status = "404", content = @OpenApiContent(from = Problem.class))
            })
    private void account(final Context ctx) {
        final Principal caller = Access.caller(ctx);
        final String account = ctx.pathParam("account");
        final AccountAtJson found =
                readings.read(
                        ctx,
                        now ->
                                visible(now, caller)
                                        .filter(one -> one.code().equals(account))
                                        .findFirst()
                                        .map(AccountJson::of)
                                        .map(one -> new AccountAtJson(now.sequence(), one))
                                        .orElseThrow(
                                                () ->
                                                        ApiProblem.of(
                                                                ProblemCode.NOT_FOUND,
                                                                "no account " + account)));
        Versions.tell(ctx, found.account());
        ctx.json(found);
    }

    /**
     * An account as it is to be.
     *
     * @param reason why one that is there may do more, where a second person has to agree
     */
    public record NewAccountJson(
            String account,
            String firm,
            Boolean shortSelling,
            Boolean margin,
            Boolean tradeUnsettled,
            String reason) {
        @OpenApiIgnore
        int flags() {
            return new AccountJson(account, firm, shortSelling, margin, tradeUnsettled).flags();
        }
    }

    private static Resource resource(final String firm, final String account) {
        return new Resource(
                Resource.Kind.ACCOUNT, firm + " ".repeat(FIRM_LENGTH - firm.length()) + account);
    }

    /** An account by its firm, in four characters, and its code; null if there is none. */
    static AccountJson find(final View.Reading now, final String key) {
        final String firm = key.substring(0, FIRM_LENGTH).strip();
        final String code = key.substring(FIRM_LENGTH);
        return now.ledger().accounts().stream()
                .filter(one -> one.firm().equals(firm))
                .filter(one -> one.code().equals(code) || one.code().equals(firm + ":" + code))
                .findFirst()
                .map(AccountJson::of)
                .orElse(null);
    }

    @OpenApi(
            path = "/v1/accounts",
            methods = HttpMethod.POST,
            operationId = "defineAccount",
            summary = "Defines an account of a firm; one that is there only by who has seen it",
            tags = "members",
            headers = @OpenApiParam(name = "Idempotency-Key"),
            requestBody =
                    @OpenApiRequestBody(content = @OpenApiContent(from = NewAccountJson.class)),
            responses = {
                @OpenApiResponse(
                        status = "200",
                        content = @OpenApiContent(from = DryRun.DryRunJson.class)),
                @OpenApiResponse(status = "201", content = @OpenApiContent(from = Done.class)),
                @OpenApiResponse(status = "422", content = @OpenApiContent(from = Problem.class))
            })
    private void defineAccount(final Context ctx) throws IOException, InterruptedException {
        final NewAccountJson body = Json.body(ctx, NewAccountJson.class);
        final Fields fields = new Fields();
        final String account = fields.name("/account", body.account, 16);
        final String firm = fields.name("/firm", body.firm, FIRM_LENGTH);
        fields.check();
        final AdminCommand command =
                MemberCommands.defineAccount(writes.requestId(ctx), account, firm, body.flags());
        final Resource resource = resource(firm, account);
        final Write write = Write.of(command).ownedBy(firm).changes(resource);
        final AccountJson known = readings.present(now -> find(now, resource.key()));
        final int had = Versions.isSeen(ctx, known) ? known.flags() : 0;
        final boolean loosens = ctx.header("If-Match") != null && (body.flags() & ~had) != 0;
        writes.answer(ctx, loosens ? write.needsSecondPerson(body.reason) : write);
    }
}
