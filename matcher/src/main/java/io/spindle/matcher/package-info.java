/**
 * Price-time order books for all instruments of one appliance, off heap.
 *
 * <p>Called from the trading loop, or from the one thread of a replica; never from two threads.
 * Allocates in constructors only. Reads no clock, draws no random number, throws only for our own
 * bugs. Everything that may change a book is a method call, everything that happened is a {@link
 * io.spindle.matcher.MatchListener} call.
 */
package io.spindle.matcher;
