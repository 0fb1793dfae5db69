/**
 * Frames in and out of a network interface. Called from the trading loop only. Allocates in
 * constructors only; types marked {@link io.spindle.nic.Cold} open and close queues, and nothing of
 * theirs runs between.
 */
package io.spindle.nic;
