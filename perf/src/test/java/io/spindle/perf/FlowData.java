package io.spindle.perf;

import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Path;

/** Real order flow, which is never shipped: found by the environment variable SPINDLE_FLOW_DATA. */
public final class FlowData {
    private FlowData() {}

    /** A file of the flow data; without them the calling test is skipped, with a printed line. */
    public static Path file(final String name) {
        final String folder = System.getenv("SPINDLE_FLOW_DATA");
        if (folder == null) {
            System.out.println("SPINDLE_FLOW_DATA is not set: no real order flow for this test");
            return abort("SPINDLE_FLOW_DATA is not set");
        }
        return Path.of(folder, name);
    }
}
