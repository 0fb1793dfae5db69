package io.spindle.rehearsal;

import io.spindle.log.AnswerRing;
import io.spindle.log.CommandHandler;
import io.spindle.log.ControlRing;
import io.spindle.log.DataFolder;
import io.spindle.log.LogRing;
import io.spindle.log.RefillRings;
import io.spindle.log.RingFile;
import io.spindle.log.RingOwner;
import io.spindle.log.RingReader;
import io.spindle.loop.LogClock;
import io.spindle.loop.LoopContext;
import io.spindle.loop.LoopCounters;
import io.spindle.loop.TradingLoop;
import io.spindle.nic.NicQueue;
import io.spindle.oms.EngineConfig;
import io.spindle.oms.SampleMarket;
import io.spindle.oms.command.DayStartEncoder;
import io.spindle.oms.command.MessageHeaderEncoder;

import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.IoUtil;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.agrona.concurrent.SystemNanoClock;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A whole trading loop beside the real one: the sample market, small tables, and a log that wraps
 * every few thousand orders, so that it asks for room often, and is kept nowhere. Takes over the
 * queue and closes it.
 */
public final class ShadowVenue implements AutoCloseable {
    private static final int LOG_BYTES = 1 << 20;
    private static final int STORE_BYTES = 1 << 20;
    private static final long MAX_WAIT_NS = 50_000_000;
    private static final int DATE = 20260102;
    private static final int COMMANDS_PER_DRAIN = 4096;
    private static final CommandHandler UNREAD = (sequence, timeNs, buffer, offset, length) -> {};

    private final Deque<AutoCloseable> closing = new ArrayDeque<>();
    private final NicQueue nic;
    private final LogRing log;
    private final RingReader reader;
    private final TradingLoop loop;

    public ShadowVenue(final DataFolder folder, final NicQueue nic) throws IOException {
        this.nic = closing(nic);
        try {
            prepare(folder);
            final RingFile ring =
                    closing(
                            RingFile.create(
                                    folder.logRing(),
                                    LOG_BYTES,
                                    LogRing.MAX_COMMAND,
                                    RingOwner.of(folder),
                                    0,
                                    0));
            final RingFile requests = closing(ControlRing.openFile(folder));
            final RingFile answers = closing(AnswerRing.openFile(folder));
            log = ring.writer();
            reader = ring.reader();
            loop =
                    new TradingLoop(
                            new LoopContext(
                                    nic,
                                    log,
                                    requests.reader(),
                                    AnswerRing.writer(answers),
                                    new LogClock(
                                            SystemNanoClock.INSTANCE, new SystemEpochNanoClock()),
                                    EngineConfig.small(),
                                    STORE_BYTES,
                                    closing(LoopCounters.create(folder.counters())),
                                    MAX_WAIT_NS,
                                    closing(RefillRings.open(folder))));
            open();
        } catch (final IOException | RuntimeException failure) {
            close();
            throw failure;
        }
    }

    /** A rehearsal that was killed has left its files. */
    private void prepare(final DataFolder folder) throws IOException {
        delete(folder);
        folder.create();
        closing.addLast(() -> delete(folder));
    }

    private static void delete(final DataFolder folder) {
        IoUtil.delete(folder.path().toFile(), true);
        IoUtil.delete(folder.sharedMemory().toFile(), true);
    }

    private void open() {
        SampleMarket.write(this::append);
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final DayStartEncoder day = new DayStartEncoder();
        day.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder()).date(DATE).epoch((short) 1);
        append(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + day.encodedLength());
        while (log.poll(loop, COMMANDS_PER_DRAIN) > 0) {
            drain();
        }
        loop.open();
    }

    private void append(final DirectBuffer buffer, final int offset, final int length) {
        final int claim = log.claim(length, true);
        log.buffer().putBytes(claim, buffer, offset, length);
        log.commit(length, new SystemEpochNanoClock().nanoTime());
    }

    public TradingLoop loop() {
        return loop;
    }

    public NicQueue nic() {
        return nic;
    }

    /** Gives the log's room back, as the recorder would. Called by the partner only. */
    public void drain() {
        if (reader.poll(UNREAD, COMMANDS_PER_DRAIN) > 0) {
            reader.release(reader.sequence(), reader.position());
        }
    }

    private <T extends AutoCloseable> T closing(final T resource) {
        closing.addFirst(resource);
        return resource;
    }

    @Override
    public void close() {
        CloseHelper.closeAll(closing);
    }
}
