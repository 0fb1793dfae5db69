package io.spindle.perf.soak;

import java.util.Map;

/**
 * One look at a running appliance.
 *
 * @param atS since the load began, s
 * @param minorFaults page faults of the trading thread that needed no disk, so far
 * @param majorFaults those that did
 * @param involuntarySwitches how often the kernel took the core from the trading thread, so far
 * @param ringBytes log ring bytes not yet recorded, now
 * @param anonymousKib memory of each process that is no file's, KiB
 */
record SoakSample(
        double atS,
        long minorFaults,
        long majorFaults,
        long involuntarySwitches,
        long ringBytes,
        Map<String, Long> anonymousKib) {}
