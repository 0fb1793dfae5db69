package io.spindle.mgmt.api;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.spindle.mgmt.security.Sha256;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Strong entity tags (RFC 9110 §8.8.3) of configuration: a hash of what the API shows of it. */
final class Versions {
    private static final int TAG_DIGITS = 24;

    private Versions() {}

    /** The tag of what is there, or null of what is not. */
    static String tag(final Object resource) {
        if (resource == null) {
            return null;
        }
        final String digest = Sha256.hex(Json.write(resource).getBytes(StandardCharsets.UTF_8));
        return '"' + digest.substring(0, TAG_DIGITS) + '"';
    }

    /** Shows a resource with its tag. */
    static void show(final Context ctx, final Object resource) {
        tell(ctx, resource);
        ctx.json(resource);
    }

    /** Names the version of a resource, unless it is gone. */
    static void tell(final Context ctx, final Object resource) {
        if (resource != null) {
            ctx.header("ETag", tag(resource));
        }
    }

    /** Whether the caller names this version as the one that they want to change. */
    static boolean isSeen(final Context ctx, final Object known) {
        final String match = ctx.header("If-Match");
        return match != null
                && known != null
                && Arrays.asList(match.split(", *")).contains(tag(known));
    }

    /**
     * Refuses a change by somebody who has not seen what is there now. A POST of what is not there
     * yet needs no header.
     *
     * @throws IllegalStateException if the route does not declare that it does so
     */
    static void require(final Context ctx, final Object current) {
        if (!ctx.routeRoles().contains(Route.Mark.VERSIONED)) {
            throw new IllegalStateException(ctx.path() + " is not declared as versioned");
        }
        final String match = ctx.header("If-Match");
        final boolean creates = "*".equals(ctx.header("If-None-Match"));
        if (match == null && !creates) {
            if (current == null && ctx.method() == HandlerType.POST) {
                return;
            }
            throw ApiProblem.of(
                    ProblemCode.PRECONDITION_REQUIRED,
                    "its ETag comes with GET; `If-None-Match: *` for what is not there yet");
        }
        final String tag = tag(current);
        final boolean seen = creates ? tag == null : isSeen(ctx, current);
        if (!seen) {
            throw ApiProblem.of(
                    ProblemCode.PRECONDITION_FAILED,
                    tag == null ? "it is not there" : "it is " + tag);
        }
    }
}
