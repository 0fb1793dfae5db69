package io.spindle.perf.demo;

import java.util.ArrayList;
import java.util.List;

/** What must hold after the market has closed; everything that does not is named. */
final class Findings {
    private final List<String> faults = new ArrayList<>();

    /** Notes a fault unless the two are equal. */
    void expectEqual(final String what, final Object expected, final Object actual) {
        if (!expected.equals(actual)) {
            faults.add(what + ": " + expected + " against " + actual);
        }
    }

    void fault(final String what) {
        faults.add(what);
    }

    List<String> faults() {
        return List.copyOf(faults);
    }
}
