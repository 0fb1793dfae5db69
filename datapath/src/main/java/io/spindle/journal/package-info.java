/**
 * The log's cold end. The media process ({@link io.spindle.journal.MediaProcess}: Aeron's media
 * driver, its Archive and the {@link io.spindle.journal.Journaller}) moves records from the ring
 * into one recording; {@link io.spindle.journal.LogCursor} reads that recording where it lies, so
 * that recovery, replicas and verification need no media driver and disturb nobody.
 */
package io.spindle.journal;
