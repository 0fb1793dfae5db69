package io.spindle.loop;

import io.spindle.codec.itch.FeedEgress;
import io.spindle.log.AckLevel;
import io.spindle.log.CommandLog;
import io.spindle.oms.TradingEngine;
import io.spindle.session.SessionEgress;

/**
 * Holds back what commands caused until they are as safe as the operator chose. The loop never
 * waits: each turn leaves a mark of how far the stores reached at which sequence, and what lies
 * below a mark may leave once its sequence is safe.
 *
 * <pre>
 *   store   ──────────┬─────────┬───────────┬──▶ produced
 *   marks           seq 17    seq 40      seq 41
 *                       ▲ safe = 38: what lies left of here leaves
 * </pre>
 *
 * <p>With more turns waiting than marks the newest mark moves on, so that answers leave in larger
 * portions; none leaves early. Packets without a sequence (login answers, heartbeats) promise
 * nothing and do not wait.
 *
 * <p><i>Called from</i> the trading loop.
 */
final class AckGate {
    private static final int MARKS = 1 << 12;
    private static final int MASK = MARKS - 1;

    private final long[] sequences = new long[MARKS];
    private final long[] positions = new long[MARKS];
    private final long[] feedSequences = new long[MARKS];
    private final int[] feedSessions = new int[MARKS];
    private final AckLevel level;
    private final CommandLog log;
    private final TradingEngine engine;
    private final SessionEgress egress;
    private final FeedEgress feed;
    private long head;
    private long tail;
    private long marked;
    private int feedSession;
    private long safe;

    AckGate(
            final AckLevel level,
            final CommandLog log,
            final TradingEngine engine,
            final SessionEgress egress,
            final FeedEgress feed) {
        this.level = level;
        this.log = log;
        this.engine = engine;
        this.egress = egress;
        this.feed = feed;
        if (level != AckLevel.RING) {
            egress.release(0);
            feed.release(0);
        }
    }

    /** Call between applying commands and sending. */
    void poll() {
        if (level == AckLevel.RING) {
            safe = engine.sequence();
            return;
        }
        mark();
        final long nowSafe = log.safeSequence(level);
        while (head < tail && sequences[(int) head & MASK] <= nowSafe) {
            final int slot = (int) head++ & MASK;
            safe = sequences[slot];
            egress.release(positions[slot]);
            if (feedSessions[slot] == feedSession) {
                feed.release(feedSequences[slot]);
            }
        }
    }

    /** Last command whose answers may leave. */
    long safe() {
        return safe;
    }

    private void mark() {
        if (feedSession != feed.sessions()) {
            feedSession = feed.sessions();
            feed.release(0);
        }
        if (marked == engine.sequence()) {
            return;
        }
        marked = engine.sequence();
        if (tail - head < MARKS) {
            tail++;
        }
        final int slot = (int) (tail - 1) & MASK;
        sequences[slot] = marked;
        positions[slot] = egress.produced();
        feedSequences[slot] = feed.messages() + 1;
        feedSessions[slot] = feedSession;
    }
}
