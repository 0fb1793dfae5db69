/** Hours of load in which nothing may grow. */
package io.spindle.perf.soak;
