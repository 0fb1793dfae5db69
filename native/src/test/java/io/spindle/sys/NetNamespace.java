package io.spindle.sys;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Runs set-up code inside a network namespace. What it opens stays there, whoever uses it. */
public final class NetNamespace {
    private static final int CLONE_NEWNET = 0x4000_0000;
    private static final MethodHandle OPEN =
            LibcBindings.bind("open", JAVA_INT, JAVA_LONG, JAVA_INT);
    private static final MethodHandle SETNS =
            LibcBindings.bind("setns", JAVA_INT, JAVA_INT, JAVA_INT);

    private NetNamespace() {}

    /** On a thread of its own, because a namespace belongs to a thread. */
    public static <T> T call(final String name, final Callable<T> code) throws Exception {
        final CompletableFuture<T> result = new CompletableFuture<>();
        Thread.ofPlatform()
                .name("in " + name)
                .start(
                        () -> {
                            try {
                                enter(name);
                                result.complete(code.call());
                            } catch (final Throwable failure) {
                                result.completeExceptionally(failure);
                            }
                        });
        try {
            return result.join();
        } catch (final CompletionException failure) {
            if (failure.getCause() instanceof final Exception cause) {
                throw cause;
            }
            throw failure;
        }
    }

    private static void enter(final String name) throws Throwable {
        try (Arena arena = Arena.ofConfined()) {
            final var state = arena.allocate(LibcBindings.CAPTURE_LAYOUT);
            final long path = arena.allocateFrom("/run/netns/" + name).address();
            final int fd = (int) OPEN.invokeExact(state, path, 0);
            final int result = (int) SETNS.invokeExact(state, fd, CLONE_NEWNET);
            new Libc().close(fd);
            if (fd < 0 || result < 0) {
                throw new IllegalStateException("cannot enter " + name);
            }
        }
    }
}
