/**
 * Threads on cores: pinning that is verified, and the evidence of who else runs there. Cold; called
 * before the loop starts and by whoever reads its counters.
 */
package io.spindle.affinity;
