/**
 * A rehearsal of the trading day before the port opens: a loop of its own on a log of its own, fed
 * by made-up members over a queue of the class that will trade, so that the compiler has seen the
 * hot code do everything it will do, and compiled it, before the first real order. Cold.
 *
 * <pre>
 *   partner thread                                     calling thread, the trading one
 *   RehearsalMember × 8 ────── lossy Stage ─────▶ ShadowVenue: NicQueue ─▶ TradingLoop ─▶ LogRing
 *                     ◀──────────────────────────                              drained by the partner
 * </pre>
 */
package io.spindle.rehearsal;
