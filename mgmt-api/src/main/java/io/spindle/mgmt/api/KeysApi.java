package io.spindle.mgmt.api;

import io.javalin.http.Context;
import io.javalin.openapi.HttpMethod;
import io.javalin.openapi.OpenApi;
import io.javalin.openapi.OpenApiContent;
import io.javalin.openapi.OpenApiParam;
import io.javalin.openapi.OpenApiRequestBody;
import io.javalin.openapi.OpenApiResponse;
import io.spindle.mgmt.security.AdminKey;
import io.spindle.mgmt.security.IssuedKey;
import io.spindle.mgmt.security.KeyRing;
import io.spindle.mgmt.security.Principal;
import io.spindle.mgmt.security.Role;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * API keys: made, listed and revoked by administrators. A key is shown once, when it is made.
 *
 * <p>Nobody makes a second person of their own: where there is somebody besides the maker to ask, a
 * key that may change things is not in force until they have agreed to it. Where there is a second
 * administrator, one of them agrees to every key. Where there was one it is the same: who ends the
 * only other key finds nobody to ask, and makes none alone.
 *
 * <p>To make a key, to agree to it and to end it a caller's rights have to reach all its firms.
 */
final class KeysApi {
    private static final Set<Role> ADMINS = EnumSet.of(Role.ADMIN);
    private static final int MAX_DAYS = 3_650;

    private final KeyRing keys;
    private final BooleanSupplier tokens;

    /**
     * @param tokens whether others may call than the holders of keys
     */
    KeysApi(final KeyRing keys, final BooleanSupplier tokens) {
        this.keys = keys;
        this.tokens = tokens;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/v1/keys", this::list, Role.changers()),
                Route.post("/v1/keys", this::issue, ADMINS),
                Route.post("/v1/keys/{id}/activation", this::activate, Role.changers()).once(),
                Route.delete("/v1/keys/{id}", this::revoke, ADMINS).once());
    }

    /**
     * A key, without the key.
     *
     * @param owners firms whose data it opens; empty = all
     * @param expires null = never
     * @param active false until a second person activates it
     */
    public record KeyJson(
            String id,
            String name,
            List<String> roles,
            List<String> owners,
            String issuedBy,
            String issued,
            String expires,
            boolean active) {
        static KeyJson of(final IssuedKey key) {
            return new KeyJson(
                    key.id(),
                    key.name(),
                    key.roles().stream().map(KeysApi::label).sorted().toList(),
                    key.owners().stream().sorted().toList(),
                    key.issuedBy(),
                    key.issued(),
                    key.expires(),
                    key.active());
        }
    }

    /** Keys in force. */
    public record KeysJson(List<KeyJson> items) {}

    @OpenApi(
            path = "/v1/keys",
            methods = HttpMethod.GET,
            operationId = "listKeys",
            summary =
                    "API keys, never the keys themselves; an administrator sees all, others those"
                            + " that wait for a second person",
            tags = "security",
            responses =
                    @OpenApiResponse(
                            status = "200",
                            content = @OpenApiContent(from = KeysJson.class)))
    private void list(final Context ctx) {
        ctx.json(new KeysJson(inReach(ctx).map(KeyJson::of).toList()));
    }

    /** Keys that open no more than the caller's: all to administrators, else those that wait. */
    private Stream<IssuedKey> inReach(final Context ctx) {
        final Principal caller = Access.caller(ctx);
        return keys.list().stream()
                .filter(key -> reaches(caller, key.owners()))
                .filter(key -> isAdmin(caller) || !key.active());
    }

    /** The rule of who may make, agree to and end the keys of firms, none = all. */
    private static boolean reaches(final Principal caller, final Set<String> owners) {
        return caller.isForAll(owners);
    }

    private static boolean isAdmin(final Principal caller) {
        return caller.roles().contains(Role.ADMIN);
    }

    /** The key that the path names, if it is in reach. */
    private Optional<IssuedKey> find(final Context ctx) {
        final String id = ctx.pathParam("id");
        return inReach(ctx).filter(key -> key.id().equals(id)).findFirst();
    }

    /**
     * A key to be made.
     *
     * @param name of the person or program, as it will stand in the audit
     * @param roles viewer, operator, risk, authoriser, admin, auditor, performance
     * @param owners firms whose data it opens; absent = all
     * @param days it lives; absent = for ever
     */
    public record NewKeyJson(
            String name, List<String> roles, List<String> owners, Integer days, String reason) {}

    /** The only time that the key is shown. */
    public record NewKeyAnswerJson(String key, KeyJson details) {}

    @OpenApi(
            path = "/v1/keys",
            methods = HttpMethod.POST,
            operationId = "issueKey",
            summary =
                    "Makes an API key; the answer is the only place where it can be read. Where"
                            + " there is or was a second person, it waits for their activation if"
                            + " it may change anything; with a second administrator, always",
            tags = "security",
            requestBody = @OpenApiRequestBody(content = @OpenApiContent(from = NewKeyJson.class)),
            responses = {
                @OpenApiResponse(
                        status = "201",
                        content = @OpenApiContent(from = NewKeyAnswerJson.class)),
                @OpenApiResponse(status = "409", content = @OpenApiContent(from = Problem.class)),
                @OpenApiResponse(status = "422", content = @OpenApiContent(from = Problem.class))
            })
    private void issue(final Context ctx) throws IOException {
        final NewKeyJson body = Json.body(ctx, NewKeyJson.class);
        final Fields fields = new Fields();
        final String name = fields.name("/name", body.name, 64);
        if (name.indexOf(':') >= 0) {
            fields.error("/name", "must not contain a colon: those are OpenID's");
        }
        final Set<Role> roles = roles(fields, body.roles);
        final Set<String> owners = owners(fields, body.owners);
        if (body.days != null && (body.days < 1 || body.days > MAX_DAYS)) {
            fields.error("/days", "must be from 1 to " + MAX_DAYS);
        }
        fields.reason(body.reason);
        fields.check();
        final Principal caller = Access.caller(ctx);
        if (!reaches(caller, owners)) {
            throw ApiProblem.outside("a key may not open more than its maker's");
        }
        final Instant expires =
                body.days == null ? null : Instant.now().plus(Duration.ofDays(body.days));
        final Optional<KeyRing.Issue> issue =
                name.equals(AdminKey.NAME)
                        ? Optional.empty()
                        : keys.issue(
                                name,
                                roles,
                                owners,
                                expires,
                                caller.name(),
                                !needsSecondPerson(roles, owners));
        if (issue.isEmpty()) {
            throw ApiProblem.of(ProblemCode.CONFLICT, "there is a key for " + name);
        }
        ctx.header("Cache-Control", "no-store")
                .status(201)
                .json(new NewKeyAnswerJson(issue.get().key(), KeyJson.of(issue.get().issued())));
    }

    private boolean needsSecondPerson(final Set<Role> roles, final Set<String> owners) {
        return keys.hasSecondAdmin(owners)
                || roles.stream().anyMatch(Role::mayChange)
                        && (tokens.getAsBoolean() || keys.hasSecondPerson(owners));
    }

    private static Set<Role> roles(final Fields fields, final List<String> names) {
        final Set<Role> roles = EnumSet.noneOf(Role.class);
        final List<String> known = Role.all().stream().map(KeysApi::label).toList();
        if (names == null || names.isEmpty()) {
            fields.error("/roles", "must be some of " + known);
            return roles;
        }
        for (int i = 0; i < names.size(); i++) {
            final int choice = fields.choice("/roles/" + i, names.get(i), known);
            roles.add(Role.valueOf(known.get(choice).toUpperCase(Locale.ROOT)));
        }
        return roles;
    }

    private static Set<String> owners(final Fields fields, final List<String> names) {
        if (names == null) {
            return Set.of();
        }
        if (names.isEmpty()) {
            fields.error("/owners", "leave it out to open all");
        }
        return names.stream()
                .map(name -> fields.name("/owners", name, 4))
                .collect(Collectors.toSet());
    }

    @OpenApi(
            path = "/v1/keys/{id}",
            methods = HttpMethod.DELETE,
            operationId = "revokeKey",
            summary = "Ends a key at once",
            tags = "security",
            pathParams = @OpenApiParam(name = "id", required = true),
            responses = {
                @OpenApiResponse(status = "200", content = @OpenApiContent(from = KeyJson.class)),
                @OpenApiResponse(status = "404", content = @OpenApiContent(from = Problem.class))
            })
    private void revoke(final Context ctx) throws IOException {
        final String id = ctx.pathParam("id");
        if (find(ctx).isEmpty()) {
            throw none(id);
        }
        ctx.json(KeyJson.of(keys.revoke(id).orElseThrow(() -> none(id))));
    }

    private static ApiProblem none(final String id) {
        return ApiProblem.of(ProblemCode.NOT_FOUND, "no key " + id);
    }

    @OpenApi(
            path = "/v1/keys/{id}/activation",
            methods = HttpMethod.POST,
            operationId = "activateKey",
            summary =
                    "A second person's consent: puts a key into force. It has to be an"
                            + " administrator where there is or was a second one",
            tags = "security",
            pathParams = @OpenApiParam(name = "id", required = true),
            responses = {
                @OpenApiResponse(status = "200", content = @OpenApiContent(from = KeyJson.class)),
                @OpenApiResponse(status = "404", content = @OpenApiContent(from = Problem.class))
            })
    private void activate(final Context ctx) throws IOException {
        final String id = ctx.pathParam("id");
        final IssuedKey key = find(ctx).orElseThrow(() -> none(id));
        final Principal caller = Access.caller(ctx);
        if (key.issuedBy().equals(caller.name())) {
            throw ApiProblem.of(ProblemCode.SECOND_PERSON, "a second person has to agree");
        }
        if (!isAdmin(caller) && keys.hasSecondAdmin(key.owners())) {
            throw ApiProblem.of(ProblemCode.SECOND_PERSON, "a second administrator has to agree");
        }
        final IssuedKey activated =
                keys.activate(id)
                        .orElseThrow(
                                () ->
                                        ApiProblem.of(
                                                ProblemCode.NOT_FOUND, "no key " + id + " waits"));
        ctx.json(KeyJson.of(activated));
    }

    private static String label(final Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }
}
