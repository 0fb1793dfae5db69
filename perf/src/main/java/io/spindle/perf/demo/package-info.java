/**
 * {@code ./spindle demo}: a whole appliance, lived in for half a minute, and what is left of it.
 */
package io.spindle.perf.demo;
