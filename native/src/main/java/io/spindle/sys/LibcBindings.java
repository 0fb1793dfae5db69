package io.spindle.sys;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * Handles of the libc functions in use. Pointers travel as {@code long}, so that a call makes no
 * segment objects.
 *
 * <p>Every name is resolved by {@code dlsym(RTLD_DEFAULT, name)}. The linker's default lookup binds
 * straight to libc and so skips LD_PRELOAD, by which OpenOnload takes over the socket calls.
 */
@SuppressWarnings("restricted")
final class LibcBindings {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
    private static final long RTLD_DEFAULT = 0;

    private static final MethodHandle DLSYM =
            LINKER.downcallHandle(
                    LINKER.defaultLookup().findOrThrow("dlsym"),
                    FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, ValueLayout.ADDRESS));

    static final MemoryLayout CAPTURE_LAYOUT = Linker.Option.captureStateLayout();
    static final VarHandle CAPTURED_ERRNO =
            CAPTURE_LAYOUT.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    static final MethodHandle SOCKET = bind("socket", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
    static final MethodHandle BIND = bind("bind", JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT);
    static final MethodHandle GETSOCKNAME =
            bind("getsockname", JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG);
    static final MethodHandle CLOSE = bind("close", JAVA_INT, JAVA_INT);
    static final MethodHandle SETSOCKOPT =
            bind("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT);
    static final MethodHandle GETSOCKOPT =
            bind("getsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG);
    static final MethodHandle RECVMSG = bind("recvmsg", JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT);
    static final MethodHandle RECVMMSG =
            bind("recvmmsg", JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_LONG);
    static final MethodHandle SENDMMSG =
            bind("sendmmsg", JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT);
    static final MethodHandle RECVFROM =
            bind(
                    "recvfrom",
                    JAVA_LONG,
                    JAVA_INT,
                    JAVA_LONG,
                    JAVA_LONG,
                    JAVA_INT,
                    JAVA_LONG,
                    JAVA_LONG);
    static final MethodHandle SENDTO =
            bind(
                    "sendto", JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_LONG,
                    JAVA_INT);
    static final MethodHandle RECV =
            bind("recv", JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT);
    static final MethodHandle IOCTL =
            variadic("ioctl", 2, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG);
    static final MethodHandle BPF =
            variadic("syscall", 1, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT);
    static final MethodHandle MMAP =
            bind("mmap", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG);
    static final MethodHandle MUNMAP = bind("munmap", JAVA_INT, JAVA_LONG, JAVA_LONG);
    static final MethodHandle MLOCK = bind("mlock", JAVA_INT, JAVA_LONG, JAVA_LONG);
    static final MethodHandle SETAFFINITY =
            bind("sched_setaffinity", JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG);
    static final MethodHandle GETAFFINITY =
            bind("sched_getaffinity", JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG);
    static final MethodHandle SETPRIORITY =
            bind("setpriority", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
    static final MethodHandle GETTID = bind("gettid", JAVA_INT);
    static final MethodHandle ADJTIMEX = bind("adjtimex", JAVA_INT, JAVA_LONG);

    private LibcBindings() {}

    /** Address of a symbol as the dynamic linker sees it, preloaded libraries first; 0 if none. */
    static long symbol(final String name) {
        try (Arena arena = Arena.ofConfined()) {
            return (long) DLSYM.invokeExact(RTLD_DEFAULT, arena.allocateFrom(name));
        } catch (final Throwable failure) {
            throw new LinkageError("dlsym " + name, failure);
        }
    }

    /** {@code int onload_is_present(void)}; call only when {@link #symbol} finds it. */
    static MethodHandle onloadIsPresent() {
        return downcall("onload_is_present", FunctionDescriptor.of(JAVA_INT));
    }

    static MethodHandle bind(
            final String name, final ValueLayout result, final ValueLayout... arguments) {
        return downcall(name, FunctionDescriptor.of(result, arguments), ERRNO);
    }

    private static MethodHandle variadic(
            final String name,
            final int fixed,
            final ValueLayout result,
            final ValueLayout... arguments) {
        final FunctionDescriptor shape = FunctionDescriptor.of(result, arguments);
        return downcall(name, shape, ERRNO, Linker.Option.firstVariadicArg(fixed));
    }

    static MethodHandle downcall(
            final String name, final FunctionDescriptor shape, final Linker.Option... options) {
        final long address = symbol(name);
        if (address == 0) {
            throw new UnsatisfiedLinkError("no " + name + " in this process");
        }
        return LINKER.downcallHandle(MemorySegment.ofAddress(address), shape, options);
    }
}
