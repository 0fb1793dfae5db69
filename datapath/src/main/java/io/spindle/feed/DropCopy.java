package io.spindle.feed;

import static java.nio.ByteOrder.BIG_ENDIAN;

import io.spindle.codec.itch.MoldPacket;
import io.spindle.oms.Ascii;
import io.spindle.oms.SessionTable;
import io.spindle.session.OutboundStore;
import io.spindle.session.ReportSink;
import io.spindle.session.SessionDay;

import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Every report of every session, kept by firm: what its risk desk sees of orders and trades even
 * when the trader's own machine is gone. One stream a firm and day. On the way it keeps them by
 * session too.
 *
 * <pre>
 *  offset length
 *       0      6  alpha    username of the session that got the report
 *       6         the OUCH report, as that session got it
 * </pre>
 *
 * <p><i>Called from</i> the thread that applies commands to the replica.
 */
final class DropCopy implements ReportSink, AutoCloseable {
    static final int USERNAME_LENGTH = 6;

    private static final int REPORT_OFFSET = MoldPacket.BLOCK_HEADER_LENGTH + USERNAME_LENGTH;

    private static final class Stream {
        private final DayFile file;
        private long next = 1;

        Stream(final DayFile file) {
            this.file = file;
        }
    }

    private final ByteBuffer block =
            ByteBuffer.allocateDirect(REPORT_OFFSET + OutboundStore.MAX_MESSAGE_LENGTH);
    private final UnsafeBuffer view = new UnsafeBuffer(block);
    private final Map<Integer, Stream> streams = new HashMap<>();
    private final Path folder;
    private final SessionDay day;
    private final SessionStreams ownStreams;
    private SessionTable sessions;
    private int session;

    DropCopy(final Path folder, final SessionDay day, final SessionStreams ownStreams) {
        this.folder = folder;
        this.day = day;
        this.ownStreams = ownStreams;
    }

    void attach(final SessionTable table) {
        sessions = table;
    }

    /** To be called inside {@code AdminEvents.onDayStart}, before the day is turned. */
    @Override
    public void close() {
        streams.values().forEach(stream -> stream.file.close());
        streams.clear();
    }

    /** The stream of a session's firm. */
    BlockSource of(final int ofSession) {
        return stream(sessions.firm(ofSession)).file;
    }

    @Override
    public MutableDirectBuffer buffer() {
        return view;
    }

    @Override
    public int claim(final int toSession) {
        session = toSession;
        return REPORT_OFFSET;
    }

    @Override
    public void commit(final int length, final int txTime) {
        final int lengthField = REPORT_OFFSET - MoldPacket.BLOCK_HEADER_LENGTH;
        view.putShort(lengthField, (short) length, BIG_ENDIAN);
        ownStreams.append(
                session, block.clear().position(lengthField).limit(REPORT_OFFSET + length));
        final long username = sessions.username(session);
        view.putShort(0, (short) (USERNAME_LENGTH + length), BIG_ENDIAN);
        view.putInt(MoldPacket.BLOCK_HEADER_LENGTH, (int) (username >>> 32), BIG_ENDIAN);
        view.putShort(
                MoldPacket.BLOCK_HEADER_LENGTH + Integer.BYTES,
                (short) (username >>> 16),
                BIG_ENDIAN);
        final Stream stream = stream(sessions.firm(session));
        stream.file.append(block.clear().limit(REPORT_OFFSET + length), stream.next);
        stream.next++;
    }

    private Stream stream(final int firm) {
        return streams.computeIfAbsent(firm, this::open);
    }

    private Stream open(final int firm) {
        final Path ofFirm = folder.resolve(name(firm));
        try {
            Files.createDirectories(ofFirm);
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot make " + ofFirm, e);
        }
        return new Stream(new DayFile(ofFirm, day.head(), day.tail(), ".ouch"));
    }

    /** The firm's code where it can name a folder, else its bytes. */
    private static String name(final int firm) {
        final String code = Ascii.unpack(firm);
        return code.matches("[A-Za-z0-9]+") ? code : String.format("%08x", firm);
    }
}
