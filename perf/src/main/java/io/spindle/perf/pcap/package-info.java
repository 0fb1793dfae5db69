/** Captures of the wire, played back into a running appliance. */
package io.spindle.perf.pcap;
