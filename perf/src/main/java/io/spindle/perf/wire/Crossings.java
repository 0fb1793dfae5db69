package io.spindle.perf.wire;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/** What it costs to call the least native function there is, ns, by JNI and by FFM. */
final class Crossings {
    private static final int CALLS = 5_000_000;
    private static final int ROUNDS = 5;

    /** Handles must be constants to the compiler; set before the class is used. */
    private static final class Handles {
        static final MemorySegment STATE =
                Arena.global().allocate(Linker.Option.captureStateLayout());
        static final MethodHandle PLAIN = handle();
        static final MethodHandle CRITICAL = handle(Linker.Option.critical(false));
        static final MethodHandle ERRNO = handle(Linker.Option.captureCallState("errno"));

        private Handles() {}

        @SuppressWarnings("restricted")
        private static MethodHandle handle(final Linker.Option... options) {
            return Linker.nativeLinker()
                    .downcallHandle(
                            SymbolLookup.loaderLookup().findOrThrow("crossing_next"),
                            FunctionDescriptor.of(JAVA_LONG, JAVA_LONG),
                            options);
        }
    }

    /** A way over, and back. */
    private interface Crossing {
        long run(int calls) throws Throwable;
    }

    private Crossings() {}

    private static native long next(long number);

    /** Loads the library, measures all ways, and says so in one line. */
    @SuppressWarnings("restricted")
    static String measure(final Path library) {
        System.load(library.toString());
        return "native crossing, ns a call: JNI %.1f, FFM %.1f, FFM critical %.1f, FFM with errno %.1f"
                .formatted(
                        best(Crossings::jni),
                        best(Crossings::plain),
                        best(Crossings::critical),
                        best(Crossings::withErrno));
    }

    private static double best(final Crossing crossing) {
        double best = Double.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            final long startNs = System.nanoTime();
            try {
                if (crossing.run(CALLS) != CALLS) {
                    throw new IllegalStateException("a call went missing");
                }
            } catch (final Throwable failure) {
                throw new IllegalStateException("crossing", failure);
            }
            best = Math.min(best, (double) (System.nanoTime() - startNs) / CALLS);
        }
        return best;
    }

    private static long jni(final int calls) {
        long number = 0;
        for (int i = 0; i < calls; i++) {
            number = next(number);
        }
        return number;
    }

    private static long plain(final int calls) throws Throwable {
        long number = 0;
        for (int i = 0; i < calls; i++) {
            number = (long) Handles.PLAIN.invokeExact(number);
        }
        return number;
    }

    private static long critical(final int calls) throws Throwable {
        long number = 0;
        for (int i = 0; i < calls; i++) {
            number = (long) Handles.CRITICAL.invokeExact(number);
        }
        return number;
    }

    private static long withErrno(final int calls) throws Throwable {
        long number = 0;
        for (int i = 0; i < calls; i++) {
            number = (long) Handles.ERRNO.invokeExact(Handles.STATE, number);
        }
        return number;
    }
}
