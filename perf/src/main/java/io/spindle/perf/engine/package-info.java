/** Measures the engine beside the bare matcher. */
package io.spindle.perf.engine;
