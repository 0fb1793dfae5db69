/** The first orders after a start beside those of the steady state. */
package io.spindle.perf.start;
