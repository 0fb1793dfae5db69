package io.spindle.mgmt.api;

import io.javalin.http.Context;

import java.util.Arrays;
import java.util.Locale;

/** Query parameters, checked. */
final class Parameters {
    private Parameters() {}

    static int integer(
            final Context ctx, final String name, final int absent, final int min, final int max) {
        return (int) number(ctx, name, absent, min, max);
    }

    static long number(
            final Context ctx,
            final String name,
            final long absent,
            final long min,
            final long max) {
        final String text = ctx.queryParam(name);
        if (text == null) {
            return absent;
        }
        try {
            final long value = Long.parseLong(text);
            if (value >= min && value <= max) {
                return value;
            }
        } catch (final NumberFormatException notANumber) {
            throw ApiProblem.field(name, "not a whole number");
        }
        throw ApiProblem.field(name, "must be from " + min + " to " + max);
    }

    static boolean flag(final Context ctx, final String name) {
        final String text = ctx.queryParam(name);
        if (text == null || text.equals("false")) {
            return false;
        }
        if (text.equals("true")) {
            return true;
        }
        throw ApiProblem.field(name, "must be true or false");
    }

    /** The text, or null if the parameter is absent. */
    static String text(final Context ctx, final String name) {
        return ctx.queryParam(name);
    }

    /** The value of an enum in any case, or null if the parameter is absent. */
    static <E extends Enum<E>> E choice(final Context ctx, final String name, final Class<E> type) {
        final String text = ctx.queryParam(name);
        if (text == null) {
            return null;
        }
        return Arrays.stream(type.getEnumConstants())
                .filter(value -> value.name().equals(text.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(
                        () ->
                                ApiProblem.field(
                                        name,
                                        "must be one of "
                                                + Arrays.toString(type.getEnumConstants())));
    }
}
