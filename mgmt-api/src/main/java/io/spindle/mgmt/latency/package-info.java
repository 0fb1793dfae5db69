/** How long orders and their news take, stage by stage, told from the log alone. */
package io.spindle.mgmt.latency;
