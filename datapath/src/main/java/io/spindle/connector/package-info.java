/**
 * Connectors: each takes one venue's orders out of the recorded log to the venue, over its session
 * in OUCH, and what the venue says back into the log, through the control ring. Cold.
 *
 * <pre>
 *   recorded log ─▶ Replica ─▶ legs of the venue ─▶ OrderSender ─▶ ClientSession ─▶ venue
 *                                                                        │
 *   control ring ◀── Outbox ◀── ReportTranslator, VenueCommands ◀────────╯
 * </pre>
 *
 * <p>Nothing here is remembered: numbers and sequences are engine state, and the venue's stream can
 * be asked for again from its first report. So a connector may be killed at any time, and whichever
 * of several holds the venue's lease goes on.
 */
package io.spindle.connector;
