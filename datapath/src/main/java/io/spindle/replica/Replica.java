package io.spindle.replica;

import io.spindle.journal.LogCursor;
import io.spindle.journal.LogStart;
import io.spindle.log.DataFolder;
import io.spindle.log.LogDamaged;
import io.spindle.oms.AdminEvents;
import io.spindle.oms.EngineConfig;
import io.spindle.oms.MarketEvents;
import io.spindle.oms.NoEvents;
import io.spindle.oms.OrderEvents;
import io.spindle.oms.TradingEngine;
import io.spindle.oms.command.DayStartDecoder;
import io.spindle.oms.command.MessageHeaderDecoder;

import org.agrona.DirectBuffer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * An engine that follows the recorded log: call {@link #poll} in turns, and the listeners hear what
 * happened. It starts with the log's first command (of a purged log, behind the snapshot where it
 * begins: {@link Snapshots#restoreStart}), drops what it has seen, stops for good on a gap and on a
 * checkpoint whose digest is not its own: a replica that differs must say so and no more.
 *
 * <p>It reads the Archive's files in place ({@link LogCursor}), so media may die and come back
 * without its noticing, and no replica can slow anybody. It lags behind the ring by what is not
 * recorded yet, usually well under a millisecond's worth.
 *
 * <p>One thread: whoever polls also owns the engine and its tables.
 */
public final class Replica implements AutoCloseable {
    private static final long LOOK_BEHIND_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long MAX_LOOK_BEHIND_NS = TimeUnit.SECONDS.toNanos(8);

    private final LogCursor cursor;
    private final DigestGuard guard;
    private final TradingEngine engine;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final DayStartDecoder dayStart = new DayStartDecoder();
    private Runnable beforeDay = () -> {};
    private long waitingSinceNs;
    private boolean lookedBehind;
    private long patienceNs = LOOK_BEHIND_NS;
    private String alarm;

    public Replica(
            final DataFolder folder,
            final EngineConfig config,
            final OrderEvents orderEvents,
            final MarketEvents marketEvents,
            final AdminEvents adminEvents)
            throws IOException {
        guard = new DigestGuard(adminEvents);
        engine = new TradingEngine(config, orderEvents, marketEvents, guard);
        cursor =
                new LogCursor(
                        folder.archive(),
                        new Snapshots(folder.snapshots())
                                .restoreStart(engine, LogStart.of(folder.archive())));
    }

    private Replica(final DataFolder folder, final EngineConfig config, final long atMost)
            throws IOException {
        final NoEvents nothing = new NoEvents();
        guard = new DigestGuard(nothing);
        engine = new TradingEngine(config, nothing, nothing, guard);
        cursor =
                new LogCursor(
                        folder.archive(),
                        new Snapshots(folder.snapshots()).restore(engine, atMost));
    }

    /** A replica of the state alone, from the newest snapshot at or below a sequence. */
    public static Replica ofState(
            final DataFolder folder, final EngineConfig config, final long atMost)
            throws IOException {
        return new Replica(folder, config, atMost);
    }

    /** Is to be run in front of every command that begins a day. */
    public void beforeDay(final Runnable listener) {
        beforeDay = listener;
    }

    /**
     * Applies what was recorded since.
     *
     * @param frameLimit of journal frames, each of up to some hundred commands
     * @return number of commands applied; 0 when there is nothing new, or after an alarm
     */
    public int poll(final int frameLimit) {
        return poll(frameLimit, Long.MAX_VALUE);
    }

    /** The same, but nothing above a sequence: what lies there may not be told yet. */
    public int poll(final int frameLimit, final long upTo) {
        if (alarm != null) {
            return 0;
        }
        try {
            final int commands = cursor.poll(this::apply, frameLimit, upTo);
            if (commands > 0) {
                waitingSinceNs = 0;
            } else {
                lookBehind(System.nanoTime());
            }
            return commands;
        } catch (final LogDamaged damage) {
            alarm = damage.getMessage();
            return 0;
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What cannot be read is "not yet" for a second; then it is looked at once whether more of the
     * log lies behind it. That reads the rest of a file, so the next pauses may be longer.
     */
    private void lookBehind(final long nowNs) throws IOException {
        if (waitingSinceNs == 0) {
            waitingSinceNs = nowNs | 1;
            lookedBehind = false;
        } else if (!lookedBehind && nowNs - waitingSinceNs > patienceNs) {
            lookedBehind = cursor.isAtEnd();
            patienceNs = Math.min(2 * patienceNs, MAX_LOOK_BEHIND_NS);
        }
    }

    /** What follows a differing checkpoint in the same frame is not applied. */
    private void apply(
            final long sequence,
            final long timeNs,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        if (alarm == null) {
            if (header.wrap(buffer, offset).templateId() == DayStartDecoder.TEMPLATE_ID
                    && isNew(dayStart.wrapAndApplyHeader(buffer, offset, header))) {
                beforeDay.run();
            }
            engine.apply(sequence, timeNs, buffer, offset, length);
            if (guard.isTripped()) {
                alarm = guard.describe(sequence);
            }
        }
    }

    /** A day that has begun does not begin again, and is not in front of anything. */
    private boolean isNew(final DayStartDecoder day) {
        return day.date() > engine.date()
                || day.date() == engine.date() && day.epoch() > engine.epoch();
    }

    public TradingEngine engine() {
        return engine;
    }

    /** Why this replica has stopped for good, if it has. */
    public Optional<String> alarm() {
        return Optional.ofNullable(alarm);
    }

    @Override
    public void close() throws IOException {
        cursor.close();
    }
}
