/**
 * A network in memory for deterministic tests: seeded faults, virtual time. Cold; never a backend
 * that an operator can choose.
 */
package io.spindle.sim;
