package io.spindle.loop;

import io.spindle.log.CommandLog;
import io.spindle.oms.TradingEngine;
import io.spindle.oms.command.CheckpointEncoder;
import io.spindle.oms.command.ClockAnchorEncoder;
import io.spindle.oms.command.ContinueEncoder;
import io.spindle.oms.command.MessageHeaderEncoder;
import io.spindle.oms.command.TickEncoder;

/**
 * The commands that the loop gives itself, before it takes any input: checkpoints of the digest, a
 * tick when something is due, the next slice of long work, the clock's anchor.
 *
 * <p>With no room in the log a command is left out and due again in the next turn.
 */
final class Timers {
    /** Commands between two checkpoints. */
    static final int CHECKPOINT_INTERVAL = 1 << 16;

    private static final int HEADER = MessageHeaderEncoder.ENCODED_LENGTH;

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final CheckpointEncoder checkpoint = new CheckpointEncoder();
    private final TickEncoder tick = new TickEncoder();
    private final ContinueEncoder next = new ContinueEncoder();
    private final ClockAnchorEncoder clockAnchor = new ClockAnchorEncoder();
    private final CommandLog log;
    private final TradingEngine engine;
    private final LogClock clock;
    private long checkpointSequence;
    private long anchorDueNs = Long.MIN_VALUE;

    Timers(final CommandLog log, final TradingEngine engine, final LogClock clock) {
        this.log = log;
        this.engine = engine;
        this.clock = clock;
    }

    /**
     * Appends what is due.
     *
     * @return commands appended
     */
    int poll(final long timeNs) {
        int work = 0;
        if (log.lastSequence() - checkpointSequence >= CHECKPOINT_INTERVAL) {
            work += appendCheckpoint(timeNs);
        }
        if (engine.nextDeadlineNs() <= timeNs) {
            work += appendTick(timeNs);
        }
        if (engine.pendingContinue() != 0) {
            work += appendContinue(timeNs);
        }
        if (anchorDueNs <= timeNs) {
            anchorDueNs = timeNs + LogClock.INTERVAL_NS;
            work += slew(timeNs);
        }
        return work;
    }

    /** Only when the engine has applied all there is, so that the digest is of all before it. */
    private int appendCheckpoint(final long timeNs) {
        final int length = HEADER + CheckpointEncoder.BLOCK_LENGTH;
        if (engine.sequence() != log.lastSequence()) {
            return 0;
        }
        final int claim = log.claim(length, true);
        if (claim == CommandLog.BACK_PRESSURED) {
            return 0;
        }
        checkpoint
                .wrapAndApplyHeader(log.buffer(), claim, header)
                .eventDigest(engine.eventDigest());
        checkpointSequence = log.commit(length, timeNs);
        return 1;
    }

    private int appendTick(final long timeNs) {
        final int claim = log.claim(HEADER, true);
        if (claim == CommandLog.BACK_PRESSURED) {
            return 0;
        }
        tick.wrapAndApplyHeader(log.buffer(), claim, header);
        log.commit(HEADER, timeNs);
        return 1;
    }

    private int appendContinue(final long timeNs) {
        final int length = HEADER + ContinueEncoder.BLOCK_LENGTH;
        final int claim = log.claim(length, true);
        if (claim == CommandLog.BACK_PRESSURED) {
            return 0;
        }
        next.wrapAndApplyHeader(log.buffer(), claim, header).origin(engine.pendingContinue());
        log.commit(length, timeNs);
        return 1;
    }

    private int slew(final long timeNs) {
        final long slewNs = clock.slewNs();
        final int length = HEADER + ClockAnchorEncoder.BLOCK_LENGTH;
        final int claim = slewNs == 0 ? CommandLog.BACK_PRESSURED : log.claim(length, true);
        if (claim == CommandLog.BACK_PRESSURED) {
            return 0;
        }
        final long anchorNs = clock.anchorNs() + slewNs;
        clockAnchor.wrapAndApplyHeader(log.buffer(), claim, header).offsetNs(anchorNs);
        log.commit(length, timeNs);
        clock.anchor(anchorNs);
        return 1;
    }
}
