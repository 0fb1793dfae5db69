package io.spindle.sys;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * Memory mapped outside the heap, page-aligned, seen through one bounded buffer. Whoever holds an
 * address into it must not outlive {@link #close}.
 */
public final class Region implements AutoCloseable {
    private static final int PROT_READ_WRITE = 3;
    private static final int MAP_SHARED = 0x1;
    private static final int MAP_PRIVATE_ANONYMOUS = 0x22;
    private static final int MAP_POPULATE = 0x8000;
    private static final int MAP_HUGETLB = 0x40000;
    private static final int HUGE_PAGE = 2 << 20;

    private final Libc libc = new Libc();
    private final UnsafeBuffer buffer;
    private final long address;
    private final int length;
    private final boolean huge;
    private boolean open = true;

    private Region(final long address, final int length, final boolean huge) {
        this.address = address;
        this.length = length;
        this.huge = huge;
        buffer = new UnsafeBuffer(address, length);
    }

    /** Zeroed private memory, present from the start. */
    public static Region allocate(final int length) {
        return map(length, MAP_PRIVATE_ANONYMOUS | MAP_POPULATE, -1, 0, false);
    }

    /** Like {@link #allocate}, in huge pages when the machine has enough of them free. */
    public static Region allocateHuge(final int length) {
        final int whole = Math.ceilDiv(length, HUGE_PAGE) * HUGE_PAGE;
        final int flags = MAP_PRIVATE_ANONYMOUS | MAP_POPULATE | MAP_HUGETLB;
        final long mapped = new Libc().mmap(whole, PROT_READ_WRITE, flags, -1, 0);
        return mapped < 0 && mapped > -4096 ? allocate(length) : new Region(mapped, whole, true);
    }

    /** Memory shared with the kernel behind a file descriptor. */
    public static Region share(final int fd, final long at, final int length) {
        return map(length, MAP_SHARED | MAP_POPULATE, fd, at, false);
    }

    private static Region map(
            final int length, final int flags, final int fd, final long at, final boolean huge) {
        final long mapped = new Libc().mmap(length, PROT_READ_WRITE, flags, fd, at);
        if (mapped < 0 && mapped > -4096) {
            throw new IllegalStateException("mmap of " + length + ": " + Errno.text(mapped));
        }
        return new Region(mapped, length, huge);
    }

    public UnsafeBuffer buffer() {
        return buffer;
    }

    public long address() {
        return address;
    }

    public int length() {
        return length;
    }

    public boolean huge() {
        return huge;
    }

    /** Keeps the pages in memory; 0 or a negated errno, the limit being RLIMIT_MEMLOCK. */
    public int lock() {
        return libc.mlock(address, length);
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            buffer.wrap(0, 0);
            libc.munmap(address, length);
        }
    }
}
