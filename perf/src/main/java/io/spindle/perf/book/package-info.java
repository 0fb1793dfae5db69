/** Order streams and the bare books that play them: the rig of {@code bench book}. */
package io.spindle.perf.book;
