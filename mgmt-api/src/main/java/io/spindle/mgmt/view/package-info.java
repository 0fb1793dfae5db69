/**
 * What the management plane knows: the engine itself, run again over the log, and what its events
 * leave behind. One thread writes; readers see the state after a command, never in the middle of
 * one.
 */
package io.spindle.mgmt.view;
