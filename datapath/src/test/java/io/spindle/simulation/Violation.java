package io.spindle.simulation;

/** Something happened that must never happen. */
final class Violation extends AssertionError {
    private static final long serialVersionUID = 1;

    Violation(final String words) {
        super(words);
    }
}
