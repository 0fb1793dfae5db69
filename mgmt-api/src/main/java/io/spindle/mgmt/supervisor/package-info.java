/**
 * Keeps the four processes of an appliance alive, and looks whether their machine stays as their
 * profile wants it. Knows processes, pid files and signals; knows nothing about orders.
 */
package io.spindle.mgmt.supervisor;
