/**
 * The UDP session layer of order entry: logins, liveness, sequenced output and its retransmission.
 * Called from the loop's thread only. Allocates in constructors only; what a peer sends moves
 * counters or becomes a logged command, nothing else.
 */
package io.spindle.session;
