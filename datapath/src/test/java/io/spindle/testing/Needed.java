package io.spindle.testing;

import org.junit.jupiter.api.Assumptions;

import java.io.IOException;

/** What a test needs of its machine: without it the test is skipped, with a printed line. */
public final class Needed {
    private Needed() {}

    /** Programs that print their version when asked to. */
    public static void programs(final String... names) throws InterruptedException {
        for (final String name : names) {
            that(runs(name), name + " is not installed");
        }
    }

    /**
     * Skips the calling test unless it is so.
     *
     * @param missing why the test cannot run
     */
    public static void that(final boolean isSo, final String missing) {
        if (!isSo) {
            System.out.println("skipped: " + missing);
            Assumptions.abort(missing);
        }
    }

    private static boolean runs(final String program) throws InterruptedException {
        try {
            final Process process =
                    new ProcessBuilder(program, "--version")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            return process.waitFor() == 0;
        } catch (final IOException absent) {
            return false;
        }
    }
}
