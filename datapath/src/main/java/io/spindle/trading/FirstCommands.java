package io.spindle.trading;

import io.spindle.log.CommandLog;
import io.spindle.log.DataFolder;
import io.spindle.oms.CommandSink;
import io.spindle.oms.TradingEngine;
import io.spindle.oms.command.DayStartEncoder;
import io.spindle.oms.command.MessageHeaderEncoder;

import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * The commands that the process itself logs before it opens: the first configuration, and a new day
 * or epoch where the last one cannot go on.
 */
final class FirstCommands implements CommandSink {
    /** A shorter pause over midnight is a restart within the trading day. */
    private static final Duration LONG_PAUSE = Duration.ofHours(1);

    private final CommandLog log;
    private final TradingEngine engine;
    private final DataFolder folder;
    private final Instant now;

    FirstCommands(
            final DataFolder folder,
            final CommandLog log,
            final TradingEngine engine,
            final Instant now) {
        this.folder = folder;
        this.log = log;
        this.engine = engine;
        this.now = now;
    }

    /**
     * Logs what is needed.
     *
     * @param lossPossible acknowledged commands may have been lost: clients must see another
     *     session
     * @return what was logged, for the banner; empty when nothing was needed
     */
    String append(final Bootstrap bootstrap, final boolean lossPossible) throws IOException {
        if (engine.date() == 0) {
            return first(bootstrap);
        }
        if (lossPossible) {
            return "the ring was lost with a reboot: epoch " + beginAfter(newest(), engine.date());
        }
        if (engine.date() < today() && pause().compareTo(LONG_PAUSE) > 0) {
            beginAfter(newest(), today());
            return "new day " + today();
        }
        return "";
    }

    /**
     * Until the first day has begun nothing was ever open. A start that was cut short, or whose end
     * a power cut took, leaves a batch that does not count, or one that does and no day.
     */
    private String first(final Bootstrap bootstrap) throws IOException {
        final String was = log.lastSequence() == 0 ? "empty log: " : "first start cut short: ";
        if (engine.instruments().count() == 0 && engine.sessions().count() == 0) {
            bootstrap.write(this);
        }
        beginAfter(newest(), today());
        return was + bootstrap + ", day " + today();
    }

    private Duration pause() {
        return Duration.between(Instant.ofEpochSecond(0, engine.timeNs()), now);
    }

    private int today() {
        final LocalDate date = LocalDate.ofInstant(now, ZoneOffset.UTC);
        return date.getYear() * 10_000 + date.getMonthValue() * 100 + date.getDayOfMonth();
    }

    /** What the log tells of, or what it has lost since: a session's name is never used twice. */
    private long newest() throws IOException {
        return Math.max(engine.date() * 100L + engine.epoch(), folder.newestSession());
    }

    /** Begins the first session of the date that comes after the newest; returns its epoch. */
    private int beginAfter(final long newest, final int date) throws IOException {
        final int newestDate = (int) (newest / 100);
        final int epoch = newestDate < date ? 1 : (int) (newest % 100) + 1;
        startDay(Math.max(date, newestDate), epoch);
        return epoch;
    }

    private void startDay(final int date, final int epoch) throws IOException {
        folder.newestSession(date, epoch);
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final MessageHeaderEncoder header = new MessageHeaderEncoder();
        final DayStartEncoder day = new DayStartEncoder();
        day.wrapAndApplyHeader(buffer, 0, header).date(date).epoch((short) epoch);
        onCommand(buffer, 0, header.encodedLength() + day.encodedLength());
    }

    @Override
    public void onCommand(final DirectBuffer buffer, final int offset, final int length) {
        final int claim = log.claim(length, true);
        if (claim == CommandLog.BACK_PRESSURED) {
            throw new IllegalStateException("the log has no room for the first configuration");
        }
        log.buffer().putBytes(claim, buffer, offset, length);
        final long nowNs = now.getEpochSecond() * 1_000_000_000L + now.getNano();
        log.commit(length, Math.max(nowNs, engine.timeNs()));
    }
}
