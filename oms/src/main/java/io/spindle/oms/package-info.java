/**
 * The order management engine: accounts, risk, order lifecycle, and the books behind them, as one
 * deterministic function of the command log. Called from the loop or a replica's thread only, one
 * thread per engine. Allocates in constructors and in {@code @Cold} code only; all state is off
 * heap.
 */
package io.spindle.oms;
