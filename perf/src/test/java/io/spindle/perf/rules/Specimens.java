package io.spindle.perf.rules;

import io.spindle.matcher.Cold;

import java.util.function.IntSupplier;

/** One class for each thing that the hot-path check must catch, and for each that it must pass. */
final class Specimens {
    private Specimens() {}

    static final class NewsAnObject {
        Object run() {
            return new Object();
        }
    }

    static final class NewsAnArray {
        long[] run(final int length) {
            return new long[length];
        }
    }

    static final class CapturesALambda {
        IntSupplier run(final int value) {
            return () -> value;
        }
    }

    static final class ConcatenatesStrings {
        String run(final int value) {
            return "value " + value;
        }
    }

    static final class Boxes {
        Integer run(final int value) {
            return value;
        }
    }

    static final class TakesAMonitor {
        int run() {
            synchronized (this) {
                return hashCode();
            }
        }
    }

    static final class IsSynchronized {
        synchronized int run() {
            return 1;
        }
    }

    static final class ReadsTheClock {
        long run() {
            return System.nanoTime();
        }
    }

    /** Allocates in constructors, throws through a cold exit, and is a record besides. */
    record Passes(int limit, long[] room) {
        static final Object ONCE = new Object();

        Passes(final int limit) {
            this(limit, new long[limit]);
        }

        long run(final int index) {
            if (index < 0) {
                throw negative(index);
            }
            if (index >= limit) {
                throw new IndexOutOfBoundsException();
            }
            return room[index];
        }

        @Cold
        private static IllegalArgumentException negative(final int index) {
            final IntSupplier copy = () -> index;
            return new IllegalArgumentException("negative index " + copy.getAsInt());
        }
    }

    @Cold
    static final class ColdClass {
        /** Inherits the mark of the class around it. */
        static final class Nested {
            Object run() {
                return new Object();
            }
        }
    }

    enum Passing {
        ONE,
        TWO
    }
}
