/**
 * Ethernet, IPv4 and UDP in place: frames of a {@link io.spindle.nic.NicQueue} to payloads and
 * back. Called from the loop's thread only. Allocates in constructors only; never throws for what a
 * peer sent.
 */
package io.spindle.net;
