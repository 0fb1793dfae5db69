package io.spindle.matcher;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Memory outside the heap for tables, zeroed, and freed when nothing refers to it any more.
 *
 * <p>A large table is mapped and not touched: what is never written costs no memory, and a replica
 * that holds a small market starts at once. The process that trades asks for all of it with {@link
 * #makeResident}, so that no order ever waits for a page.
 */
@SuppressWarnings("restricted") // it is what it is for
public final class OffHeap {
    private static final int ALIGNMENT = 64;

    /** Below this a mapping of its own is not worth its pages. */
    private static final long MAPPED_FROM = 1L << 20;

    /** Mappings weigh nothing in the heap, so the collector has to be told when many are gone. */
    private static final long COLLECT_EVERY = 2L << 30;

    private static final AtomicLong sinceCollection = new AtomicLong();

    private static final int PROT_READ_WRITE = 3;
    private static final int MAP_PRIVATE_ANONYMOUS = 0x22;
    private static final int MADV_HUGEPAGE = 14;

    /** Linux 5.14; an older kernel refuses it, and the pages are written one by one. */
    private static final int MADV_POPULATE_WRITE = 23;

    private static final int PAGE_LENGTH = 4096;

    private static final MethodHandle MMAP =
            bind(
                    "mmap",
                    FunctionDescriptor.of(
                            JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT,
                            JAVA_LONG));
    private static final MethodHandle MUNMAP =
            bind("munmap", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle MADVISE =
            bind("madvise", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT));

    private OffHeap() {}

    @Cold
    private static MethodHandle bind(final String name, final FunctionDescriptor type) {
        final Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type);
    }

    /**
     * Zeroed memory of this many bytes, aligned to cache lines at least.
     *
     * @throws OutOfMemoryError when the system has no room for it
     */
    @Cold
    public static MemorySegment allocate(final long bytes) {
        return bytes < MAPPED_FROM ? Arena.ofAuto().allocate(bytes, ALIGNMENT) : map(bytes);
    }

    @Cold
    private static MemorySegment map(final long bytes) {
        if (sinceCollection.addAndGet(bytes) > COLLECT_EVERY) {
            sinceCollection.set(0);
            System.gc();
        }
        final long address = mmap(bytes);
        if (address == -1) {
            throw new OutOfMemoryError("no room to map a table of " + bytes + " bytes");
        }
        return MemorySegment.ofAddress(address).reinterpret(bytes, Arena.ofAuto(), OffHeap::unmap);
    }

    @Cold
    private static long mmap(final long bytes) {
        try {
            return (long)
                    MMAP.invokeExact(0L, bytes, PROT_READ_WRITE, MAP_PRIVATE_ANONYMOUS, -1, 0L);
        } catch (final Throwable e) {
            throw new LinkageError("mmap", e);
        }
    }

    @Cold
    private static void unmap(final MemorySegment memory) {
        try {
            final int ignored = (int) MUNMAP.invokeExact(memory.address(), memory.byteSize());
        } catch (final Throwable e) {
            throw new LinkageError("munmap", e);
        }
    }

    /** Gives memory its pages now, large ones where the kernel has them for the asking. */
    @Cold
    public static void makeResident(final MemorySegment memory) {
        if (memory.byteSize() < MAPPED_FROM) {
            return; // touched when it was made
        }
        advise(memory, MADV_HUGEPAGE);
        if (advise(memory, MADV_POPULATE_WRITE) != 0) {
            for (long page = 0; page < memory.byteSize(); page += PAGE_LENGTH) {
                memory.set(ValueLayout.JAVA_BYTE, page, memory.get(ValueLayout.JAVA_BYTE, page));
            }
        }
    }

    @Cold
    private static int advise(final MemorySegment memory, final int advice) {
        try {
            return (int) MADVISE.invokeExact(memory.address(), memory.byteSize(), advice);
        } catch (final Throwable e) {
            throw new LinkageError("madvise", e);
        }
    }
}
