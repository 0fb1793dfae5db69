/** How long orders and their news take, stage by stage, told without asking the loop. */
package io.spindle.mgmt.latency;
