/** Measures the log: the append beside its alternatives, replay, recovery. */
package io.spindle.perf.log;
