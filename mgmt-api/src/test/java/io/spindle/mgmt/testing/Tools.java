package io.spindle.mgmt.testing;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

import java.util.Optional;

/**
 * Programs that a test needs beside Java. Without one the calling test is skipped, with its reason;
 * where {@code -Dspindle.tools=required} says that all are there, it fails instead.
 */
public final class Tools {
    static final String PROPERTY = "spindle.tools";
    static final String REQUIRED = "required";

    private Tools() {}

    /**
     * What was found.
     *
     * @param missing why the test cannot run where nothing was
     */
    public static <T> T require(final Optional<T> found, final String missing) {
        return require(found, missing, REQUIRED.equals(System.getProperty(PROPERTY)));
    }

    static <T> T require(final Optional<T> found, final String missing, final boolean demanded) {
        if (found.isPresent()) {
            return found.get();
        }
        return demanded
                ? Assertions.fail(missing + ", and -D" + PROPERTY + "=" + REQUIRED + " was given")
                : Assumptions.abort(missing);
    }
}
