package io.spindle.certify;

/**
 * One line of a certification report.
 *
 * @param name what is demanded
 * @param failure why it was not met; empty when it was
 */
record Check(String name, String failure) {
    boolean isMet() {
        return failure.isEmpty();
    }

    /** As the report prints it. */
    String row() {
        return isMet() ? "PASS  " + name : "FAIL  " + name + ": " + failure;
    }
}
