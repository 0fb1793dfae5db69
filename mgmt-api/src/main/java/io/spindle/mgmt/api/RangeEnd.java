package io.spindle.mgmt.api;

import io.javalin.http.Context;
import io.spindle.mgmt.model.Times;
import io.spindle.mgmt.stream.EventLog.Position;
import io.spindle.mgmt.stream.Span;

import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One end of a range as a caller names it: a place (a number, or an event's token), or a time, in
 * nanoseconds since 1970 (sixteen digits or more) or as an ISO-8601 instant. A place that a range
 * begins with is not part of it, a time is; what it ends with is.
 *
 * @param place null if it is a time
 * @param timeNs counts if there is no place
 */
record RangeEnd(Position place, long timeNs) {
    static final String FROM =
            "A sequence or token, exclusive; nanoseconds or an ISO-8601 instant, inclusive";
    static final String TO = "A sequence or token, nanoseconds or an ISO-8601 instant; inclusive";

    private static final Pattern PLACE = Pattern.compile("[0-9]{1,15}(\\.[0-9]{1,9})?");
    private static final Pattern NANOSECONDS = Pattern.compile("[0-9]+");

    /** What a parameter says, if it is there. */
    static Optional<RangeEnd> of(final Context ctx, final String name) {
        final String text = ctx.queryParam(name);
        return text == null || text.isEmpty() ? Optional.empty() : Optional.of(parse(name, text));
    }

    private static RangeEnd parse(final String name, final String text) {
        if (PLACE.matcher(text).matches()) {
            return new RangeEnd(Position.parse(text), 0);
        }
        try {
            final boolean isNumber = NANOSECONDS.matcher(text).matches();
            return new RangeEnd(null, isNumber ? Long.parseLong(text) : Times.parse(text));
        } catch (final NumberFormatException | DateTimeParseException | ArithmeticException no) {
            throw ApiProblem.field(name, "neither a place, nor nanoseconds, nor ISO-8601");
        }
    }

    /** The part of the stream that {@code from} and {@code to} name. */
    static Span span(final Context ctx) {
        final Optional<RangeEnd> from = of(ctx, "from");
        final Optional<RangeEnd> to = of(ctx, "to");
        return new Span(
                from.map(RangeEnd::place).orElse(null),
                timeNs(from, Long.MIN_VALUE),
                to.map(RangeEnd::place).orElse(Span.LAST),
                timeNs(to, Long.MAX_VALUE));
    }

    /** The time that an end names; another if it names none. */
    static long timeNs(final Optional<RangeEnd> end, final long otherwise) {
        return end.filter(one -> one.place == null).map(RangeEnd::timeNs).orElse(otherwise);
    }
}
