package io.spindle.perf.engine;

import java.util.Arrays;
import java.util.Random;

/**
 * Who trades what: accounts by Zipf 1.1, each with eight instruments of its own that were drawn by
 * Zipf 1.1, of which it trades the first most.
 */
final class Members {
    static final int ACCOUNTS = 10_000;
    static final int INSTRUMENTS = 1_000;

    static final int INSTRUMENTS_PER_ACCOUNT = 8;
    private static final double EXPONENT = 1.1;

    private final Random random;
    private final double[] accountShares = shares(ACCOUNTS);
    private final double[] choiceShares = shares(INSTRUMENTS_PER_ACCOUNT);
    private final int[] choices = new int[ACCOUNTS * INSTRUMENTS_PER_ACCOUNT];

    Members(final Random random) {
        this.random = random;
        final double[] instrumentShares = shares(INSTRUMENTS);
        for (int i = 0; i < choices.length; i++) {
            choices[i] = pick(instrumentShares);
        }
    }

    int account() {
        return pick(accountShares);
    }

    int instrument(final int account) {
        return choice(account, pick(choiceShares));
    }

    /** One of the account's own instruments. */
    int choice(final int account, final int number) {
        return choices[account * INSTRUMENTS_PER_ACCOUNT + number];
    }

    private int pick(final double[] shares) {
        final int at = Arrays.binarySearch(shares, random.nextDouble());
        return Math.min(at < 0 ? -at - 1 : at, shares.length - 1);
    }

    /** Running sums of a Zipf distribution. */
    private static double[] shares(final int count) {
        final double[] sums = new double[count];
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += 1 / Math.pow(i + 1, EXPONENT);
            sums[i] = sum;
        }
        for (int i = 0; i < count; i++) {
            sums[i] /= sum;
        }
        return sums;
    }
}
