/**
 * OUCH 5.0: from client messages to logged commands, and from the engine's events to reports. The
 * layouts are in {@code ouch.xml}; the codecs generated from it are in {@code .wire}. Called from
 * the loop's thread only. Allocates in constructors only; never throws for what a peer sent.
 */
package io.spindle.codec.ouch;
