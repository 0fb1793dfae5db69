package io.spindle.tuning.search;

/** One measurement of the machine as it is now; smaller is better, always above 0. */
@FunctionalInterface
public interface Metric {
    double measure() throws InterruptedException;
}
