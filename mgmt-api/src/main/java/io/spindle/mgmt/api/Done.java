package io.spindle.mgmt.api;

/**
 * A command is in the log and in effect.
 *
 * @param request the id under which the engine knows it
 * @param sequence of the command
 */
public record Done(String request, long sequence) {}
