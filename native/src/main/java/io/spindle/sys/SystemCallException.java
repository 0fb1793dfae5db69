package io.spindle.sys;

/** A system call that set-up depends on was refused. */
public final class SystemCallException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int errno;

    public SystemCallException(final String call, final long result) {
        super(call + ": " + Errno.text(result));
        errno = (int) -result;
    }

    public int errno() {
        return errno;
    }

    /** Passes a result of {@link Libc} on, or throws when it is a negated errno. */
    public static int check(final String call, final int result) {
        if (result < 0) {
            throw new SystemCallException(call, result);
        }
        return result;
    }
}
