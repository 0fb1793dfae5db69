package io.spindle.session;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.spindle.oms.SessionTable;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A keyed token in every datagram of sessions that want it: nobody else can make one, a changed bit
 * is seen, and a datagram counts once. The client's is its last block, the server's the last 8
 * bytes of a packet, made with the inverted key.
 *
 * <pre>
 *  +--------+-----+----------------+------------------------------------+
 *  | 17     | 'K' | number         | SipHash-2-4 of all before it       |    2 + 1 + 8 + 8 bytes
 *  +--------+-----+----------------+------------------------------------+
 * </pre>
 *
 * <p>Numbers rise; one that overtook others leaves room for {@value #WINDOW} of them. After a start
 * of the process those from before it are refused, which is why a client takes them from its clock,
 * in ns since the Unix epoch.
 */
public final class Tokens {
    /** Bytes of the client's block. */
    public static final int BLOCK_LENGTH = 19;

    /** Bytes behind each of the server's packets. */
    public static final int SEAL_LENGTH = Long.BYTES;

    private static final int WINDOW = 64;

    private final SipHash hash = new SipHash();
    private final UnsafeBuffer secret = new UnsafeBuffer(new byte[SessionTable.SECRET_LENGTH]);
    private final long[] highest;
    private final long[] seen;
    private SessionTable sessions;

    public Tokens(final int maxSessions) {
        highest = new long[maxSessions];
        seen = new long[maxSessions];
    }

    /**
     * The engine's sessions, whose secrets are the keys; the engine is made after its listeners.
     */
    public void attach(final SessionTable table) {
        sessions = table;
    }

    /** The process has started: nothing from before is believed. */
    public void open(final long timeNs) {
        for (int session = 0; session < highest.length; session++) {
            highest[session] = timeNs;
            seen[session] = -1;
        }
    }

    /** Whether the session takes datagrams with a token only. */
    public boolean areWanted(final int session) {
        return (sessions.flags(session) & SessionTable.FLAG_TOKEN) != 0;
    }

    /**
     * Judges a whole datagram and takes its number.
     *
     * @return false when it was not made with the session's key, or was here before
     */
    boolean isGenuine(
            final int session, final DirectBuffer buffer, final int start, final int end) {
        final int token = end - Long.BYTES;
        if (end - start < BLOCK_LENGTH) {
            return false;
        }
        sessions.secret(session, secret, 0);
        final long expected = hash.of(buffer, start, token - start, key(0), key(Long.BYTES));
        return buffer.getLong(token, BIG_ENDIAN) == expected
                && take(session, buffer.getLong(token - Long.BYTES, BIG_ENDIAN));
    }

    /** Takes a number that was not taken before and is not too far behind the highest. */
    private boolean take(final int session, final long number) {
        final long ahead = number - highest[session];
        if (ahead > 0) {
            seen[session] = ahead >= WINDOW ? 1 : seen[session] << ahead | 1;
            highest[session] = number;
            return true;
        }
        final long bit = 1L << -ahead;
        if (ahead <= -WINDOW || (seen[session] & bit) != 0) {
            return false;
        }
        seen[session] |= bit;
        return true;
    }

    /** Writes the seal behind a packet; returns the packet's new length. */
    int seal(
            final int session,
            final MutableDirectBuffer buffer,
            final int offset,
            final int length) {
        sessions.secret(session, secret, 0);
        final long seal = hash.of(buffer, offset, length, ~key(0), ~key(Long.BYTES));
        buffer.putLong(offset + length, seal, BIG_ENDIAN);
        return length + SEAL_LENGTH;
    }

    private long key(final int offset) {
        return secret.getLong(offset, LITTLE_ENDIAN);
    }
}
