/**
 * Trading members that play order flow over real UDP with the reference client, count what comes
 * back and time it from the moment at which each message was meant to be sent.
 */
package io.spindle.perf.member;
