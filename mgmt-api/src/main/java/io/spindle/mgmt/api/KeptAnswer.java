package io.spindle.mgmt.api;

import io.javalin.http.Context;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a write was answered, as it is given to its repeats, too.
 *
 * @param body JSON; empty for none, null if it was too long to be kept
 * @param firm whose it is; null = the whole market's
 */
record KeptAnswer(int status, String body, Map<String, String> headers, String firm) {
    private static final String FIRM = "answer.firm";

    static KeptAnswer of(final int status, final Object body, final String firm) {
        return new KeptAnswer(status, Json.write(body), Map.of(), firm);
    }

    /** What a handler has answered. */
    static KeptAnswer of(final Context ctx) {
        final String body = ctx.result();
        final String firm = ctx.attribute(FIRM);
        final KeptAnswer answer =
                new KeptAnswer(ctx.statusCode(), body == null ? "" : body, Map.of(), firm);
        final String tag = ctx.res().getHeader("ETag");
        return tag == null ? answer : answer.with("ETag", tag);
    }

    /** What is answered here is a firm's. */
    static void ownedBy(final Context ctx, final String firm) {
        ctx.attribute(FIRM, firm);
    }

    KeptAnswer with(final String header, final String value) {
        final Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new KeptAnswer(status, body, more, firm);
    }

    /** Of a repeat it says that it was done, and no more. */
    KeptAnswer withoutBody() {
        return new KeptAnswer(status, null, headers, firm);
    }

    /**
     * @throws ApiProblem if it was too long to be kept
     */
    void send(final Context ctx) {
        if (body == null) {
            throw ApiProblem.of(
                    ProblemCode.CONFLICT,
                    "it was done before and answered "
                            + status
                            + "; that answer is not kept: read what is there now");
        }
        headers.forEach((name, value) -> ctx.header(name, value));
        ctx.status(status);
        if (!body.isEmpty()) {
            ctx.result(body).contentType("application/json");
        }
    }
}
