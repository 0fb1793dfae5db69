package io.spindle.affinity;

import io.spindle.sys.Libc;
import io.spindle.sys.SystemCallException;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Stream;

/** A set of logical CPUs, written as the kernel writes it: {@code 0-3,8}. */
public record CpuSet(BitSet cpus) {
    private static final int MASK_BYTES = 128;

    /** ESRCH. */
    private static final int NO_SUCH_THREAD = 3;

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

    /** Every CPU that is switched on, whoever may use it. */
    public static CpuSet online() {
        try {
            return parse(Files.readString(Path.of("/sys/devices/system/cpu/online")));
        } catch (final IOException noSysfs) {
            return ofCallingThread();
        }
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

    public static CpuSet of(final Collection<Integer> cpus) {
        final BitSet set = new BitSet();
        cpus.forEach(set::set);
        return new CpuSet(set);
    }

    /** Where threads that the calling thread starts, and programs it runs, may run from now on. */
    public void applyToCallingThread() {
        apply(0);
    }

    /** Where every thread of this process may run from now on, and whatever those start. */
    public void applyToProcess() throws IOException {
        try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
            for (final Path task : tasks.toList()) {
                applyToThread(Integer.parseInt(task.getFileName().toString()));
            }
        }
    }

    /** Nothing happens to a thread that has ended. */
    void applyToThread(final int tid) {
        try {
            apply(tid);
        } catch (final SystemCallException refused) {
            if (refused.errno() != NO_SUCH_THREAD) {
                throw refused;
            }
        }
    }

    private void apply(final int tid) {
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment mask = arena.allocate(MASK_BYTES, Long.BYTES);
            MemorySegment.copy(
                    MemorySegment.ofArray(cpus.toByteArray()),
                    0,
                    mask,
                    0,
                    cpus.toByteArray().length);
            SystemCallException.check(
                    "sched_setaffinity", new Libc().setAffinity(tid, MASK_BYTES, mask.address()));
        }
    }

    public CpuSet without(final CpuSet other) {
        final BitSet rest = (BitSet) cpus.clone();
        rest.andNot(other.cpus);
        return new CpuSet(rest);
    }

    public boolean isEmpty() {
        return cpus.isEmpty();
    }

    public List<Integer> toList() {
        return cpus.stream().boxed().toList();
    }

    /** The kernel's hexadecimal mask: groups of 32 bits, highest first, separated by commas. */
    public String toMask() {
        final StringJoiner groups = new StringJoiner(",");
        for (int group = Math.max(0, cpus.length() - 1) / 32; group >= 0; group--) {
            int bits = 0;
            for (int bit = 0; bit < 32; bit++) {
                bits |= cpus.get(group * 32 + bit) ? 1 << bit : 0;
            }
            groups.add(groups.length() == 0 ? Integer.toHexString(bits) : "%08x".formatted(bits));
        }
        return groups.toString();
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
