package io.spindle.sys;

/** Error numbers of Linux that callers act on, and their names for messages. */
public final class Errno {
    public static final int EPERM = 1;
    public static final int ENOENT = 2;
    public static final int EINTR = 4;
    public static final int ENXIO = 6;
    public static final int EAGAIN = 11;
    public static final int ENOMEM = 12;
    public static final int EACCES = 13;
    public static final int EBUSY = 16;
    public static final int ENODEV = 19;
    public static final int EINVAL = 22;
    public static final int EOPNOTSUPP = 95;
    public static final int EADDRINUSE = 98;
    public static final int EADDRNOTAVAIL = 99;
    public static final int ENETDOWN = 100;
    public static final int ENOBUFS = 105;

    private Errno() {}

    /** Name and number of a negated errno as {@link Libc} returns it. */
    public static String text(final long result) {
        final int errno = (int) -result;
        final String name =
                switch (errno) {
                    case EPERM -> "EPERM, not permitted";
                    case ENOENT -> "ENOENT, no such thing";
                    case ENXIO -> "ENXIO, no such device";
                    case EAGAIN -> "EAGAIN, try again";
                    case ENOMEM -> "ENOMEM, no memory or locked-memory limit";
                    case EACCES -> "EACCES, access denied";
                    case EBUSY -> "EBUSY, in use";
                    case ENODEV -> "ENODEV, no such device";
                    case EINVAL -> "EINVAL, invalid argument";
                    case EOPNOTSUPP -> "EOPNOTSUPP, not supported";
                    case EADDRINUSE -> "EADDRINUSE, address in use";
                    case EADDRNOTAVAIL -> "EADDRNOTAVAIL, not an address of this machine";
                    case ENETDOWN -> "ENETDOWN, network is down";
                    case ENOBUFS -> "ENOBUFS, no buffer space";
                    default -> "errno";
                };
        return name + " (" + errno + ")";
    }
}
