package io.spindle.simulation;

import io.spindle.log.AckLevel;
import io.spindle.log.CommandHandler;
import io.spindle.log.CommandLog;
import io.spindle.log.LogRing;

import org.agrona.MutableDirectBuffer;

/** The real ring, with places to die between its steps. */
final class CrashingLog implements CommandLog {
    private static final int LENGTH_OF_HEADER = 24;
    private static final int SEQUENCE_BEHIND_LENGTH = 8;

    private final LogRing ring;
    private final CrashPlan crashes;
    private int claimed;

    CrashingLog(final LogRing ring, final CrashPlan crashes) {
        this.ring = ring;
        this.crashes = crashes;
    }

    @Override
    public MutableDirectBuffer buffer() {
        return ring.buffer();
    }

    @Override
    public int claim(final int maxLength, final boolean reserved) {
        claimed = ring.claim(maxLength, reserved);
        crashes.pass(CrashPoint.CLAIMED);
        return claimed;
    }

    /** Death in front of the length leaves everything else of a record behind. */
    @Override
    public long commit(final int length, final long timeNs) {
        if (crashes.isDue(CrashPoint.ENCODED)) {
            final int record = claimed - LENGTH_OF_HEADER;
            ring.buffer().putLong(record + SEQUENCE_BEHIND_LENGTH, ring.lastSequence() + 1);
            throw new SimCrash(CrashPoint.ENCODED);
        }
        final long sequence = ring.commit(length, timeNs);
        crashes.pass(CrashPoint.COMMITTED);
        return sequence;
    }

    @Override
    public void abort() {
        ring.abort();
    }

    @Override
    public int poll(final CommandHandler handler, final int limit) {
        return ring.poll(
                (sequence, timeNs, buffer, offset, length) -> {
                    handler.onCommand(sequence, timeNs, buffer, offset, length);
                    crashes.pass(CrashPoint.APPLIED);
                },
                limit);
    }

    @Override
    public long lastSequence() {
        return ring.lastSequence();
    }

    @Override
    public int maxCommandLength() {
        return ring.maxCommandLength();
    }

    @Override
    public long warm() {
        return ring.warm();
    }

    @Override
    public long safeSequence(final AckLevel level) {
        return ring.safeSequence(level);
    }

    @Override
    public int refusal() {
        return ring.refusal();
    }
}
