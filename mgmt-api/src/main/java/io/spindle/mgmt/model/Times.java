package io.spindle.mgmt.model;

import java.time.Instant;

/** Nanoseconds since the Unix epoch as ISO-8601, all nine digits, UTC. */
public final class Times {
    private static final long NS_PER_SECOND = 1_000_000_000L;

    private Times() {}

    public static String text(final long epochNs) {
        final Instant second = Instant.ofEpochSecond(Math.floorDiv(epochNs, NS_PER_SECOND));
        final String text = second.toString();
        return "%s.%09dZ"
                .formatted(
                        text.substring(0, text.length() - 1),
                        Math.floorMod(epochNs, NS_PER_SECOND));
    }

    /**
     * @throws java.time.format.DateTimeParseException if it is no ISO-8601 instant
     * @throws ArithmeticException if it is beyond what nanoseconds in a long can say
     */
    public static long parse(final String text) {
        final Instant instant = Instant.parse(text);
        return Math.addExact(
                Math.multiplyExact(instant.getEpochSecond(), NS_PER_SECOND), instant.getNano());
    }
}
