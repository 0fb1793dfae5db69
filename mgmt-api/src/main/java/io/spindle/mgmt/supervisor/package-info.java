/**
 * Keeps the four processes of an appliance alive. Knows processes, pid files and signals; knows
 * nothing about orders.
 */
package io.spindle.mgmt.supervisor;
