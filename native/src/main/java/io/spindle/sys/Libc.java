package io.spindle.sys;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The C library's calls that Spindle makes. One instance per thread: it owns the word that receives
 * {@code errno}.
 *
 * <p>Every call returns what the system call returns, or the negated {@code errno} when it failed.
 * Pointers are absolute addresses. Nothing is retried. Nothing allocates once compiled: the linker
 * slices {@code state} on each call, which the optimising compiler removes.
 */
public final class Libc {
    private static final long BPF_SYSCALL =
            "aarch64".equals(System.getProperty("os.arch")) ? 280 : 321;

    private static final int PRIO_PROCESS = 0;

    private final MemorySegment state = Arena.ofAuto().allocate(LibcBindings.CAPTURE_LAYOUT);

    /** True when a library in this process, preloaded ones included, exports the name. */
    public static boolean exports(final String name) {
        return LibcBindings.symbol(name) != 0;
    }

    static boolean onloadAnswers() {
        try {
            return (int) LibcBindings.onloadIsPresent().invokeExact() != 0;
        } catch (final Throwable failure) {
            throw broken(failure);
        }
    }

    public int socket(final int domain, final int type, final int protocol) {
        try {
            return result((int) LibcBindings.SOCKET.invokeExact(state, domain, type, protocol));
        } catch (final Throwable failure) {
            throw broken(failure);
        }
    }

    public int bind(final int fd, final long sockaddr, final int length) {
        try {
            return result((int) LibcBindings.BIND.invokeExact(state, fd, sockaddr, length));
        } catch (final Throwable failure) {
            throw broken(failure);
        }
    }

    public int getsockname(final int fd, final long sockaddr, final long length) {
        try {
            return result((int) LibcBindings.GETSOCKNAME.invokeExact(state, fd, sockaddr, length));
        } catch (final Throwable failure) {
            throw broken(failure);
        }
    }

    public int close(final int fd) {
        try {
            return result((int) LibcBindings.CLOSE.invokeExact(state, fd));
        } catch (final Throwable failure) {
            throw broken(failure);
        }
    }

    public int setsockopt(
            final int fd, final int level, final int name, final long value, final int length) {
        try {
            return result(
                    (int)
                            LibcBindings.SETSOCKOPT.invokeExact(
                                    state, fd, level, name, value, length));
        } catch (final Throwable failure) {
            throw broken(failure);
        }
    }

    public int getsockopt(
            final int fd, final int level, final int name, final long value, final long length) {
        try {
            return result(
                    (int)
                            LibcBindings.GETSOCKOPT.invokeExact(
                                    state, fd, level, name, value, length));
        } catch (final Throwable failure) {
            throw broken(failure);
        }
    }

    public int recvmsg(final int fd, final long msghdr, final int flags) {
        try {
            return (int) result((long) LibcBindings.RECVMSG.invokeExact(state, fd, msghdr, flags));
        } catch (final Throwable failure) {
            throw broken(failure);
        }
    }

    /** Never waits for a timeout: the callers pass MSG_DONTWAIT. */
    public int recvmmsg(final int fd, final long mmsghdrs, final int count, final int flags) {
        try {
            return result(
                    (int) LibcBindings.RECVMMSG.invokeExact(state, fd, mmsghdrs, count, flags, 0L));
        } catch (final Throwable failure) {
            throw broken(failure);
        }
    }

    public int sendmmsg(final int fd, final long mmsghdrs, final int count, final int flags) {
        try {
            return result(
                    (int) LibcBindings.SENDMMSG.invokeExact(state, fd, mmsghdrs, count, flags));
        } catch (final Throwable failure) {
            throw broken(failure);
        }
    }

    /** {@code sockaddrLength} is the address of an int that holds the room for the sockaddr. */
    public int recvfrom(
            final int fd,
            final long buffer,
            final long length,
            final int flags,
            final long sockaddr,
            final long sockaddrLength) {
        try {
            return (int)
                    result(
                            (long)
                                    LibcBindings.RECVFROM.invokeExact(
                                            state,
                                            fd,
                                            buffer,
                                            length,
                                            flags,
                                            sockaddr,
                                            sockaddrLength));
        } catch (final Throwable failure) {
            throw broken(failure);
        }
    }

    public int sendto(
            final int fd,
            final long buffer,
            final long length,
            final int flags,
            final long sockaddr,
            final int sockaddrLength) {
        try {
            return (int)
                    result(
                            (long)
                                    LibcBindings.SENDTO.invokeExact(
                                            state,
                                            fd,
                                            buffer,
                                            length,
                                            flags,
                                            sockaddr,
                                            sockaddrLength));
        } catch (final Throwable failure) {
            throw broken(failure);
        }
    }

    /** {@code sendto} without data or address: the doorbell of an AF_XDP socket. */
    public int kick(final int fd, final int flags) {
        return sendto(fd, 0L, 0L, flags, 0L, 0);
    }

    /** {@code recv} of nothing: lets the kernel run the receive path of an AF_XDP socket. */
    public int wake(final int fd, final int flags) {
        try {
            return (int) result((long) LibcBindings.RECV.invokeExact(state, fd, 0L, 0L, flags));
        } catch (final Throwable failure) {
            throw broken(failure);
        }
    }

    public int ioctl(final int fd, final long request, final long argument) {
        try {
            return result((int) LibcBindings.IOCTL.invokeExact(state, fd, request, argument));
        } catch (final Throwable failure) {
            throw broken(failure);
        }
    }

    /** {@code bpf(2)}, which libc has no function for. */
    public int bpf(final int command, final long attributes, final int length) {
        try {
            return (int)
                    result(
                            (long)
                                    LibcBindings.BPF.invokeExact(
                                            state, BPF_SYSCALL, command, attributes, length));
        } catch (final Throwable failure) {
            throw broken(failure);
        }
    }

    public long mmap(
            final long length, final int protection, final int flags, final int fd, final long at) {
        try {
            return result(
                    (long)
                            LibcBindings.MMAP.invokeExact(
                                    state, 0L, length, protection, flags, fd, at));
        } catch (final Throwable failure) {
            throw broken(failure);
        }
    }

    public int munmap(final long address, final long length) {
        try {
            return result((int) LibcBindings.MUNMAP.invokeExact(state, address, length));
        } catch (final Throwable failure) {
            throw broken(failure);
        }
    }

    public int mlock(final long address, final long length) {
        try {
            return result((int) LibcBindings.MLOCK.invokeExact(state, address, length));
        } catch (final Throwable failure) {
            throw broken(failure);
        }
    }

    /** Of thread {@code tid}, 0 being the caller; {@code mask} is a {@code cpu_set_t}. */
    public int setAffinity(final int tid, final long length, final long mask) {
        try {
            return result((int) LibcBindings.SETAFFINITY.invokeExact(state, tid, length, mask));
        } catch (final Throwable failure) {
            throw broken(failure);
        }
    }

    public int getAffinity(final int tid, final long length, final long mask) {
        try {
            return result((int) LibcBindings.GETAFFINITY.invokeExact(state, tid, length, mask));
        } catch (final Throwable failure) {
            throw broken(failure);
        }
    }

    /** From -20, the largest share of a core, to 19; thread 0 is the calling one. */
    public int setPriority(final int tid, final int nice) {
        try {
            return result(
                    (int) LibcBindings.SETPRIORITY.invokeExact(state, PRIO_PROCESS, tid, nice));
        } catch (final Throwable failure) {
            throw broken(failure);
        }
    }

    /** The kernel's number of the calling thread. */
    public int gettid() {
        try {
            return (int) LibcBindings.GETTID.invokeExact(state);
        } catch (final Throwable failure) {
            throw broken(failure);
        }
    }

    /** Clock state, 0 to 5; {@code timex} is a {@code struct timex}. */
    public int adjtimex(final long timex) {
        try {
            return result((int) LibcBindings.ADJTIMEX.invokeExact(state, timex));
        } catch (final Throwable failure) {
            throw broken(failure);
        }
    }

    private int result(final int returned) {
        return returned >= 0 ? returned : -(int) LibcBindings.CAPTURED_ERRNO.get(state, 0L);
    }

    private long result(final long returned) {
        return returned != -1 ? returned : -(int) LibcBindings.CAPTURED_ERRNO.get(state, 0L);
    }

    private static LinkageError broken(final Throwable failure) {
        return new LinkageError("a bound libc function could not be called", failure);
    }
}
