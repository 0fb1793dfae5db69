package io.spindle.tuning.machine;

import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** CPU numbers as the kernel writes them: {@code 0-3,8} as a list, {@code 10f} as a mask. */
public final class CpuSet {
    private final SortedSet<Integer> cpus;

    private CpuSet(final SortedSet<Integer> cpus) {
        this.cpus = cpus;
    }

    public static CpuSet of(final Collection<Integer> cpus) {
        return new CpuSet(new TreeSet<>(cpus));
    }

    /**
     * Reads a kernel CPU list.
     *
     * @throws IllegalArgumentException when the text is none
     */
    public static CpuSet parse(final String list) {
        final SortedSet<Integer> cpus = new TreeSet<>();
        for (final String part : list.strip().split(",")) {
            if (part.isBlank()) {
                continue;
            }
            final String[] range = part.strip().split("-", 2);
            try {
                final int first = Integer.parseInt(range[0]);
                final int last = range.length == 1 ? first : Integer.parseInt(range[1]);
                IntStream.rangeClosed(first, last).forEach(cpus::add);
            } catch (final NumberFormatException notNumbers) {
                throw new IllegalArgumentException("not a CPU list: '" + list + "'", notNumbers);
            }
        }
        return new CpuSet(cpus);
    }

    public boolean contains(final int cpu) {
        return cpus.contains(cpu);
    }

    public boolean isEmpty() {
        return cpus.isEmpty();
    }

    public int size() {
        return cpus.size();
    }

    public List<Integer> toList() {
        return List.copyOf(cpus);
    }

    public CpuSet without(final CpuSet other) {
        return of(cpus.stream().filter(cpu -> !other.contains(cpu)).toList());
    }

    /** The kernel's hexadecimal mask, groups of 32 bits separated by commas. */
    public String toMask() {
        final int words = cpus.isEmpty() ? 1 : cpus.last() / 32 + 1;
        return IntStream.iterate(words - 1, word -> word >= 0, word -> word - 1)
                .mapToObj(
                        word -> {
                            int bits = 0;
                            for (final int cpu : cpus.subSet(word * 32, word * 32 + 32)) {
                                bits |= 1 << cpu - word * 32;
                            }
                            return word == words - 1
                                    ? Integer.toHexString(bits)
                                    : "%08x".formatted(bits);
                        })
                .collect(Collectors.joining(","));
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof CpuSet that && cpus.equals(that.cpus);
    }

    @Override
    public int hashCode() {
        return cpus.hashCode();
    }

    /** The kernel's list form, runs folded. */
    @Override
    public String toString() {
        final StringBuilder text = new StringBuilder();
        int first = -1;
        int last = -1;
        for (final int cpu : cpus) {
            if (first >= 0 && cpu == last + 1) {
                last = cpu;
                continue;
            }
            append(text, first, last);
            first = cpu;
            last = cpu;
        }
        append(text, first, last);
        return text.toString();
    }

    private static void append(final StringBuilder text, final int first, final int last) {
        if (first < 0) {
            return;
        }
        if (!text.isEmpty()) {
            text.append(',');
        }
        text.append(first);
        if (last > first) {
            text.append('-').append(last);
        }
    }
}
