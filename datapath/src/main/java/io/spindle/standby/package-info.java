/**
 * The warm standby: the log replicated to another box, an engine that follows it, and the protocol
 * by which the primary knows that it may go on. Cold.
 */
package io.spindle.standby;
