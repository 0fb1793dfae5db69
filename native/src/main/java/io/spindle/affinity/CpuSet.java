package io.spindle.affinity;

import io.spindle.sys.Libc;
import io.spindle.sys.SystemCallException;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.BitSet;
import java.util.StringJoiner;

/** A set of logical CPUs, written as the kernel writes it: {@code 0-3,8}. */
public record CpuSet(BitSet cpus) {
    private static final int MASK_BYTES = 128;

    public CpuSet {
        cpus = (BitSet) cpus.clone();
    }

    public static CpuSet of(final int... cpus) {
        final BitSet set = new BitSet();
        for (final int cpu : cpus) {
            set.set(cpu);
        }
        return new CpuSet(set);
    }

    /**
     * @throws IllegalArgumentException when the text is not a kernel CPU list
     */
    public static CpuSet parse(final String list) {
        final BitSet set = new BitSet();
        if (list.isBlank()) {
            return new CpuSet(set);
        }
        for (final String range : list.strip().split(",")) {
            final int dash = range.indexOf('-');
            final int first = Integer.parseInt(dash < 0 ? range : range.substring(0, dash));
            final int last = dash < 0 ? first : Integer.parseInt(range.substring(dash + 1));
            set.set(first, last + 1);
        }
        return new CpuSet(set);
    }

    /** Where the calling thread may run, asked of the kernel. */
    public static CpuSet ofCallingThread() {
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment mask = arena.allocate(MASK_BYTES, Long.BYTES);
            SystemCallException.check(
                    "sched_getaffinity", new Libc().getAffinity(0, MASK_BYTES, mask.address()));
            return new CpuSet(BitSet.valueOf(mask.asByteBuffer()));
        }
    }

    public boolean contains(final int cpu) {
        return cpus.get(cpu);
    }

    public int count() {
        return cpus.cardinality();
    }

    @Override
    public String toString() {
        final StringJoiner ranges = new StringJoiner(",");
        for (int first = cpus.nextSetBit(0); first >= 0; ) {
            final int end = cpus.nextClearBit(first);
            ranges.add(end - first == 1 ? "" + first : first + "-" + (end - 1));
            first = cpus.nextSetBit(end);
        }
        return ranges.toString();
    }
}
