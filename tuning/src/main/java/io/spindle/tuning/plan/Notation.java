package io.spindle.tuning.plan;

import io.spindle.affinity.CpuSet;

import java.math.BigInteger;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One value may be written in several ways, and which ways those are depends on the file:
 *
 * <pre>
 *   CPU list   0-1 = 0,1                 smp_affinity_list, isolated, cpuset.cpus …
 *   CPU mask   0000fffd = fffd           cpumask, smp_affinity, rps_cpus …; hexadecimal without 0x
 *   the rest   16 = 0x10 = 016           words with white space between them, numbers among them
 * </pre>
 *
 * A leading zero never means octal: who writes 010 means ten, and is told when a kernel file that
 * takes it for eight reads back so.
 */
final class Notation {
    /** First of all: the watchdog's file is called a mask and holds a list. */
    private static final Pattern LIST =
            Pattern.compile(
                    "(_list|cpulist|/watchdog_cpumask|[./](cpus|mems)|/isolated|/nohz_full)$");

    private static final Pattern MASK =
            Pattern.compile("(cpumask|smp_affinity|[rx]ps_cpus|xps_rxqs)$");

    private static final int GROUP_BITS = 32;

    private Notation() {}

    /** Whether two texts mean the same in a file; what is not in its notation, only when equal. */
    static boolean same(final String path, final String left, final String right) {
        try {
            return value(path, left).equals(value(path, right));
        } catch (final IllegalArgumentException | IndexOutOfBoundsException foreign) {
            return left.equals(right);
        }
    }

    private static Object value(final String path, final String text) {
        if (LIST.matcher(path).find()) {
            return CpuSet.parse(text);
        }
        return MASK.matcher(path).find() ? mask(text) : words(text);
    }

    /** Groups of 32 bits, highest first; the kernel fills them up with zeros, people do not. */
    private static BigInteger mask(final String text) {
        BigInteger bits = BigInteger.ZERO;
        for (final String group : text.strip().split(",", -1)) {
            bits = bits.shiftLeft(GROUP_BITS).or(new BigInteger(group, 16));
        }
        return bits;
    }

    private static List<String> words(final String text) {
        return Stream.of(text.strip().split("\\s+")).map(Notation::word).toList();
    }

    private static String word(final String word) {
        try {
            return word.startsWith("0x") || word.startsWith("0X")
                    ? new BigInteger(word.substring(2), 16).toString()
                    : new BigInteger(word).toString();
        } catch (final NumberFormatException noNumber) {
            return word;
        }
    }
}
