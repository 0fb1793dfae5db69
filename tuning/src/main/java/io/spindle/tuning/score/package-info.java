/** One figure for a machine, made of what was measured. */
package io.spindle.tuning.score;
