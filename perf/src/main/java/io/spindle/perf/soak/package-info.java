/** Hours of load, and whether anything in them grew by more than its tolerance. */
package io.spindle.perf.soak;
