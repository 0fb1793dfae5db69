package io.spindle.mgmt.latency;

/**
 * A command, or an event of one, that took long in a stage.
 *
 * @param timeNs log time of the command, ns since the Unix epoch
 * @param tookNs how long it was in the stage
 */
public record Outlier(Stage stage, long sequence, long timeNs, long tookNs) {}
