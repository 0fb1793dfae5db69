/**
 * Open-loop load on a running appliance: messages are due at times fixed beforehand and are timed
 * from then, so that a stall is charged to the appliance and not left out of the sample.
 */
package io.spindle.perf.load;
