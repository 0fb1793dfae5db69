/**
 * Order flow made from a seed. The model, per instrument:
 *
 * <ul>
 *   <li><b>Fair value</b> is a random walk on the tick grid, one step of one tick at exponential
 *       times, held inside a wide corridor.
 *   <li><b>Makers</b> place day orders at exponential times on both sides of the fair value: one
 *       tick away plus a geometric number of ticks more. Each is cancelled after an exponential
 *       lifetime, or first moved once (cancel and replace) in one case of eight.
 *   <li><b>Takers</b> send immediate orders two ticks through the fair value. Their arrivals are a
 *       Hawkes process: every one raises the rate of the next ones, and the excitement decays
 *       exponentially, so that trades come in bursts, as they do.
 *   <li>Sizes are round lots, geometric; takers' are larger.
 * </ul>
 *
 * <p>The flow never looks at answers: the same seed gives the same messages whatever the venue does
 * with them. Cancels of orders that were filled before are therefore part of it and are refused by
 * a correct venue.
 */
package io.spindle.perf.flow;
