package io.spindle.oms;

import io.spindle.matcher.Cold;

import java.util.List;

/**
 * Capacities of an engine, and the checks that were added to its own. They decide which requests
 * pass, so they are state: every replica of a log runs with the same ones, and a snapshot is
 * refused by an engine with others.
 *
 * @param maxOrders open orders at one time
 * @param maxInstruments instruments ever defined, at most 65,535 (ITCH stock locate)
 * @param maxSessions sessions ever defined, at most 65,535
 * @param maxAccounts accounts ever defined
 * @param maxHoldings pairs of account and instrument ever used
 * @param maxCash pairs of account and currency ever used
 * @param maxRequests admin request ids remembered, a power of two
 * @param maxBatchLength bytes of a bulk load
 * @param checks run after the standard ones, in this order; lines as {@link CustomChecks#load}
 *     reads them
 */
public record EngineConfig(
        int maxOrders,
        int maxInstruments,
        int maxSessions,
        int maxAccounts,
        int maxHoldings,
        int maxCash,
        int maxRequests,
        int maxBatchLength,
        List<String> checks) {
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    public EngineConfig {
        check("maxOrders", maxOrders, 1, 16_000_000);
        check("maxInstruments", maxInstruments, 1, 65_535);
        check("maxSessions", maxSessions, 1, 65_535);
        check("maxAccounts", maxAccounts, 1, 4_000_000);
        check("maxHoldings", maxHoldings, 1, 16_000_000);
        check("maxCash", maxCash, 1, 16_000_000);
        check("maxRequests", maxRequests, 2, 1 << 20);
        check("maxBatchLength", maxBatchLength, 64, 1 << 30);
        if (Integer.bitCount(maxRequests) != 1) {
            throw new IllegalArgumentException("maxRequests=" + maxRequests + ": power of two");
        }
        checks = List.copyOf(checks);
    }

    /** Without added checks. */
    public EngineConfig(
            final int maxOrders,
            final int maxInstruments,
            final int maxSessions,
            final int maxAccounts,
            final int maxHoldings,
            final int maxCash,
            final int maxRequests,
            final int maxBatchLength) {
        this(
                maxOrders,
                maxInstruments,
                maxSessions,
                maxAccounts,
                maxHoldings,
                maxCash,
                maxRequests,
                maxBatchLength,
                List.of());
    }

    /** The same capacities with these checks. */
    @Cold
    public EngineConfig withChecks(final List<String> lines) {
        return new EngineConfig(
                maxOrders,
                maxInstruments,
                maxSessions,
                maxAccounts,
                maxHoldings,
                maxCash,
                maxRequests,
                maxBatchLength,
                lines);
    }

    /** What an appliance runs with unless told otherwise. */
    @Cold
    public static EngineConfig standard() {
        return new EngineConfig(
                1_000_000, 4_096, 4_096, 65_536, 262_144, 131_072, 16_384, 16 << 20);
    }

    /** Small enough to make one for every test. */
    @Cold
    public static EngineConfig small() {
        return new EngineConfig(16_384, 64, 256, 256, 2_048, 1_024, 1_024, 1 << 20);
    }

    /** A number that differs when any capacity or check does. */
    @Cold
    long fingerprint() {
        final int[] capacities = {
            maxOrders, maxInstruments, maxSessions, maxAccounts,
            maxHoldings, maxCash, maxRequests, maxBatchLength
        };
        long sum = 0;
        for (final int capacity : capacities) {
            sum = (sum ^ capacity) * SPREAD;
        }
        for (final String line : checks) {
            for (int i = 0; i < line.length(); i++) {
                sum = (sum ^ line.charAt(i)) * SPREAD;
            }
            sum = (sum ^ line.length()) * SPREAD;
        }
        return sum;
    }

    @Cold
    private static void check(final String name, final int value, final int min, final int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + "=" + value + ": " + min + " … " + max);
        }
    }
}
