package io.spindle.perf.load;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

/** A machine on which nothing at all is not found to cost nothing: it decides no comparison. */
public final class RestlessMachine {
    private RestlessMachine() {}

    /**
     * Skips the rest of a test there, and says so where nobody overlooks it.
     *
     * @param nothing the bench's line of no disturbance
     * @param question what stays open
     */
    public static void assumeNot(final String nothing, final String question) {
        final boolean restless = nothing.contains("NOT WITHIN");
        final String why =
                "NOT DECIDED HERE: %s; this machine is too restless, doing nothing cost: %s"
                        .formatted(question, nothing);
        if (restless) {
            System.err.printf("%n%s%n  %s%n%1$s%n", "*".repeat(72), why);
        }
        assumeFalse(restless, why);
    }
}
