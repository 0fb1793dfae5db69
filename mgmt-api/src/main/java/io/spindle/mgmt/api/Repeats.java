package io.spindle.mgmt.api;

import io.javalin.http.Context;
import io.javalin.http.Handler;

import java.util.UUID;

/**
 * Gives a repeat of a write that is no single command of the log its first answer, by its {@code
 * Idempotency-Key}. What was refused may be tried again under the same key. Of an answer of more
 * than {@value #MAX_CHARS} characters it is only kept that there was one, and of a call that the
 * engine did not answer that nobody knows what became of it: a repeat is told so. What this process
 * did not live to answer is not known at all.
 */
final class Repeats {
    private static final int MAX_CHARS = 4_096;

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
        final Attempt attempt = retries.begin(Access.caller(ctx).name(), request, whole(ctx));
        try {
            answer(ctx, handler, attempt);
        } finally {
            retries.end(attempt);
        }
    }

    private void answer(final Context ctx, final Handler handler, final Attempt attempt)
            throws Exception {
        final KeptAnswer kept = attempt.answer();
        if (kept != null) {
            if (kept.firm() != null) {
                Writes.require(Access.caller(ctx), kept.firm());
            }
            kept.send(ctx);
            return;
        }
        if (attempt.underWay()) {
            throw ApiProblem.of(
                    ProblemCode.NO_ANSWER,
                    "nobody knows what became of it the first time: look at what is there now, and"
                            + " ask for what is missing under another "
                            + Writes.KEY);
        }
        try {
            handler.handle(ctx);
        } catch (final ApiProblem problem) {
            if (problem.kind() == ProblemCode.NO_ANSWER) {
                retries.answered(attempt.sending(), true);
            }
            throw problem;
        }
        final KeptAnswer answer = KeptAnswer.of(ctx);
        final boolean isShort = answer.body().length() <= MAX_CHARS;
        retries.answered(attempt.answered(isShort ? answer : answer.withoutBody()), true);
    }

    /** What makes it this request and no other under the same path. */
    private static String whole(final Context ctx) {
        final String query = ctx.queryString();
        return query == null ? ctx.body() : ctx.body() + '\n' + query;
    }
}
