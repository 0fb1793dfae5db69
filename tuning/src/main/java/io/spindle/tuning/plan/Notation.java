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
 *   version    8.4 for 8.2.1 or later    /ethtool/CARD/driver/ …; number by number
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

    private static final Pattern VERSION = Pattern.compile("^/ethtool/[^/]+/driver/");
    private static final Pattern NUMBER = Pattern.compile("\\d+");
    private static final int GROUP_BITS = 32;

    private Notation() {}

    /** Whether a file holds what is wanted of it, or newer where a version is wanted. */
    static boolean satisfies(final String path, final String current, final String wanted) {
        return VERSION.matcher(path).find()
                ? atLeast(version(current), version(wanted))
                : same(path, current, wanted);
    }

    /** Whether two texts mean the same in a file; what is not in its notation, only when equal. */
    private static boolean same(final String path, final String left, final String right) {
        try {
            return value(path, left).equals(value(path, right));
        } catch (final IllegalArgumentException | IndexOutOfBoundsException foreign) {
            return left.equals(right);
        }
    }

    /** Numbers that are missing count as 0. */
    private static boolean atLeast(final List<BigInteger> current, final List<BigInteger> wanted) {
        for (int i = 0; i < wanted.size(); i++) {
            final BigInteger number = i < current.size() ? current.get(i) : BigInteger.ZERO;
            final int order = number.compareTo(wanted.get(i));
            if (order != 0) {
                return order > 0;
            }
        }
        return true;
    }

    /** Of the first word: what follows names variants, dates or checksums. */
    private static List<BigInteger> version(final String text) {
        return NUMBER.matcher(text.strip().split("\\s+")[0])
                .results()
                .map(number -> new BigInteger(number.group()))
                .toList();
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
