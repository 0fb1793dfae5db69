package io.spindle.mgmt.api;

import io.javalin.http.Context;
import io.javalin.http.Handler;

import java.util.UUID;

/**
 * Gives a repeat of a write that is no single command of the log its first answer, by its {@code
 * Idempotency-Key}. What was refused may be tried again under the same key. An answer of more than
 * {@value #MAX_CHARS} characters is not kept: loads and comparisons are that long, and doing them
 * again changes nothing. Nor is one that this process did not live to give.
 */
final class Repeats {
    private static final int MAX_CHARS = 65_536;

    private final Writes writes;
    private final Retries retries;

    Repeats(final Writes writes, final Retries retries) {
        this.writes = writes;
        this.retries = retries;
    }

    /** The same route; if it is {@linkplain Route#once() marked} so, a repeat does nothing. */
    Route once(final Route route) {
        if (!route.isOnce()) {
            return route;
        }
        final Handler handler = route.handler();
        return new Route(
                route.method(),
                route.path(),
                ctx -> once(ctx, handler),
                route.roles(),
                route.marks());
    }

    private void once(final Context ctx, final Handler handler) throws Exception {
        final UUID request = writes.requestId(ctx);
        if (Parameters.flag(ctx, "validate") || ctx.header(Writes.KEY) == null) {
            handler.handle(ctx);
            return;
        }
        final Attempt attempt = retries.begin(request, whole(ctx));
        try {
            final KeptAnswer kept = attempt.answer();
            if (kept != null) {
                if (kept.firm() != null) {
                    Writes.require(Access.caller(ctx), kept.firm());
                }
                kept.send(ctx);
                return;
            }
            handler.handle(ctx);
            final KeptAnswer answer = KeptAnswer.of(ctx);
            if (answer.body().length() <= MAX_CHARS) {
                retries.answered(attempt.answered(answer), true);
            }
        } finally {
            retries.end(attempt);
        }
    }

    /** What makes it this request and no other under the same path. */
    private static String whole(final Context ctx) {
        final String query = ctx.queryString();
        return query == null ? ctx.body() : ctx.body() + '\n' + query;
    }
}
