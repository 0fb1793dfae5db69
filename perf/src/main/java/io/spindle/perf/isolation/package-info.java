/**
 * Does anything that happens to the management plane reach the loop? Round trips with and without a
 * disturbance, in turns.
 */
package io.spindle.perf.isolation;
