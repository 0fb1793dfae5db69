package io.spindle.oms;

import io.spindle.matcher.Cold;

/**
 * Capacities of an engine. They decide which requests find room, so they are state: every replica
 * of a log runs with the same ones, and a snapshot is refused by an engine with others.
 *
 * @param maxOrders open orders at one time
 * @param maxInstruments instruments ever defined, at most 65,535 (ITCH stock locate)
 * @param maxSessions sessions ever defined, at most 65,535
 * @param maxAccounts accounts ever defined
 * @param maxHoldings pairs of account and instrument ever used
 * @param maxCash pairs of account and currency ever used
 * @param maxRequests admin request ids remembered, a power of two
 * @param maxBatchLength bytes of a bulk load
 */
public record EngineConfig(
        int maxOrders,
        int maxInstruments,
        int maxSessions,
        int maxAccounts,
        int maxHoldings,
        int maxCash,
        int maxRequests,
        int maxBatchLength) {
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

    /** A number that differs when any capacity does. */
    @Cold
    long fingerprint() {
        final int[] capacities = {
            maxOrders, maxInstruments, maxSessions, maxAccounts,
            maxHoldings, maxCash, maxRequests, maxBatchLength
        };
        long sum = 0;
        for (final int capacity : capacities) {
            sum = (sum ^ capacity) * 0x9E3779B97F4A7C15L;
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
