package io.spindle.sys;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * How well the kernel believes to know UTC, by {@code adjtimex(2)}.
 *
 * @param synchronised whether something disciplines the clock
 * @param maxErrorMicros largest error that the kernel reckons with, µs
 */
public record ClockQuality(boolean synchronised, long maxErrorMicros) {
    private static final int LENGTH = 208;
    private static final long MAX_ERROR_OFFSET = 24;
    private static final int TIME_ERROR = 5;

    /** Asks the kernel; changes nothing, so it needs no right. */
    public static ClockQuality now() {
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment timex = arena.allocate(LENGTH, 8);
            final int state =
                    SystemCallException.check(
                            "read the kernel clock", new Libc().adjtimex(timex.address()));
            return new ClockQuality(state != TIME_ERROR, timex.get(JAVA_LONG, MAX_ERROR_OFFSET));
        }
    }
}
