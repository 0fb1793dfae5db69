/** What a JVM under measurement said about itself: its flight recording. */
package io.spindle.perf.jvm;
