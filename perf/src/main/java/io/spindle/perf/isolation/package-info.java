/**
 * Does anything that happens to the management plane reach the loop? How long orders stay with and
 * without a disturbance, in turns.
 */
package io.spindle.perf.isolation;
