package io.spindle.feed;

import io.spindle.oms.Ascii;
import io.spindle.oms.SessionTable;
import io.spindle.session.SessionDay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Every report of every session under the number that it has in that session: what the trading loop
 * has no room for any more. One file a session and day.
 *
 * <p><i>Called from</i> the thread that applies commands to the replica.
 */
final class SessionStreams implements AutoCloseable {
    private static final class Stream {
        private final DayFile file;
        private long next = 1;

        Stream(final DayFile file) {
            this.file = file;
        }
    }

    private final Map<Integer, Stream> streams = new HashMap<>();
    private final Path folder;
    private final SessionDay day;
    private SessionTable sessions;

    SessionStreams(final Path folder, final SessionDay day) {
        this.folder = folder;
        this.day = day;
    }

    void attach(final SessionTable table) {
        sessions = table;
    }

    /** Takes over one report behind two bytes of length. */
    void append(final int session, final ByteBuffer block) {
        final Stream stream = streams.computeIfAbsent(session, this::open);
        stream.file.append(block, stream.next);
        stream.next++;
    }

    /** The session's reports of the day. */
    BlockSource of(final int session) {
        return streams.computeIfAbsent(session, this::open).file;
    }

    /** To be called inside {@code AdminEvents.onDayStart}, before the day is turned. */
    @Override
    public void close() {
        streams.values().forEach(stream -> stream.file.close());
        streams.clear();
    }

    private Stream open(final int session) {
        final String name = Ascii.unpack(sessions.username(session));
        final Path ofSession =
                folder.resolve(
                        name.matches("[A-Za-z0-9]+") ? name : Integer.toString(session) + "-");
        try {
            Files.createDirectories(ofSession);
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot make " + ofSession, e);
        }
        return new Stream(new DayFile(ofSession, day.head(), day.tail(), ".ouch"));
    }
}
