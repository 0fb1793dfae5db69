package io.spindle.tuning.search;

import java.io.IOException;

/** One measurement of the machine as it is now; smaller is better, always above 0. */
@FunctionalInterface
public interface Metric {
    /**
     * @throws IOException when the machine as it is now cannot be measured
     */
    double measure() throws InterruptedException, IOException;
}
