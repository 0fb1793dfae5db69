/** Every measurement of this project after another, into one folder. */
package io.spindle.perf.all;
