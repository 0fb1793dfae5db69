/**
 * The same engine over the same log, in another process: whoever wants events runs a {@link
 * io.spindle.replica.Replica} and has them locally. The trading thread serves nobody.
 */
package io.spindle.replica;
