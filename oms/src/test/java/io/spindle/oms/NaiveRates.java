package io.spindle.oms;

import java.util.HashMap;
import java.util.Map;

/** Token buckets as water: what has run in since is counted, a token is one interval of it. */
final class NaiveRates {
    /** What an order may do that found no token but may wait for one. */
    static final String QUEUE = "QUEUE";

    private static final class Bucket {
        long intervalNs;
        long burst;
        long credit;
        long sinceNs;
        char mode;

        boolean has(final long nowNs) {
            credit = Math.min(burst * intervalNs, credit + nowNs - sinceNs);
            sinceNs = nowNs;
            return credit >= intervalNs;
        }

        void take(final long nowNs) {
            has(nowNs);
            credit -= intervalNs;
        }
    }

    private final Map<Integer, Bucket> ofSessions = new HashMap<>();
    private final Map<Integer, Bucket> ofAccounts = new HashMap<>();
    private final Map<Integer, Integer> waiting = new HashMap<>();

    void set(
            final boolean session,
            final int number,
            final char mode,
            final int perSecond,
            final int burst,
            final long nowNs) {
        final Bucket bucket = new Bucket();
        bucket.intervalNs = perSecond == 0 ? 0 : 1_000_000_000L / perSecond;
        bucket.burst = burst;
        bucket.credit = burst * bucket.intervalNs;
        bucket.sinceNs = nowNs;
        bucket.mode = mode;
        (session ? ofSessions : ofAccounts).put(number, bucket);
    }

    /** Takes a token of each bucket, or none: NONE, {@link #QUEUE} or the name of a code. */
    String take(final int session, final int account, final long nowNs) {
        final Bucket ofAccount = ofAccounts.computeIfAbsent(account, number -> new Bucket());
        final Bucket ofSession = ofSessions.computeIfAbsent(session, number -> new Bucket());
        if (!ofAccount.has(nowNs)) {
            return "ACCOUNT_RATE";
        }
        if (waiting.getOrDefault(session, 0) > 0 || !ofSession.has(nowNs)) {
            return ofSession.mode == 'Q' ? QUEUE : "PORT_RATE";
        }
        ofAccount.take(nowNs);
        ofSession.take(nowNs);
        return "NONE";
    }

    void wait(final NaiveLedger.Order order) {
        order.waits = true;
        waiting.merge(order.session, 1, Integer::sum);
    }

    /** The order waits no more, and has taken a token of each bucket if it goes on. */
    void left(final NaiveLedger.Order order, final boolean goesOn, final long nowNs) {
        if (order.waits) {
            order.waits = false;
            waiting.merge(order.session, -1, Integer::sum);
            if (goesOn) {
                ofSessions.get(order.session).take(nowNs);
                ofAccounts.get(order.account).take(nowNs);
            }
        }
    }
}
