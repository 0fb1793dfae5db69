package io.spindle.log;

import static org.agrona.BitUtil.SIZE_OF_INT;
import static org.agrona.BitUtil.SIZE_OF_LONG;

import io.spindle.nic.Cold;

import java.io.IOException;

/**
 * Two small rings between the loop and the feed process, for reports older than the loop keeps: one
 * takes the loop's requests there, the other brings packets back. Neither side waits for the other:
 * a full ring drops what does not fit, and the client, who sees a gap still, asks again.
 *
 * <pre>
 *   request                          packet
 *    0  session   int                 0  session    int
 *    4  first     int                 4  sessionTail int   last two characters of the session id
 *    8  count     int                 8  sessionHead long  first eight characters
 *                                    16  the packet as it leaves from the order-entry port
 * </pre>
 */
@Cold
public final class RefillRings implements AutoCloseable {
    public static final int SESSION = 0;

    public static final int FIRST = SESSION + SIZE_OF_INT;
    public static final int COUNT = FIRST + SIZE_OF_INT;
    public static final int REQUEST_LENGTH = COUNT + SIZE_OF_INT;

    public static final int SESSION_TAIL = SESSION + SIZE_OF_INT;
    public static final int SESSION_HEAD = SESSION_TAIL + SIZE_OF_INT;
    public static final int PACKET = SESSION_HEAD + SIZE_OF_LONG;

    /** Bytes of the longest packet; a seal still fits behind it. */
    public static final int MAX_PACKET = 1_464;

    private final RingFile requests;
    private final RingFile packets;

    private RefillRings(final RingFile requests, final RingFile packets) {
        this.requests = requests;
        this.packets = packets;
    }

    /** Opens both, or makes them; whichever process comes first. */
    public static RefillRings open(final DataFolder folder) throws IOException {
        final RingOwner owner = RingOwner.of(folder);
        final RingFile requests =
                ControlRing.openFile(folder.refillRequestRing(), owner, REQUEST_LENGTH);
        return new RefillRings(
                requests,
                ControlRing.openFile(folder.refillPacketRing(), owner, PACKET + MAX_PACKET));
    }

    /** See {@link RingFile#prefault}. */
    public void prefault() {
        requests.prefault();
        packets.prefault();
    }

    /** For the loop. */
    public LogRing requestWriter() {
        return requests.writer();
    }

    /** For the feed process. */
    public RingReader requestReader() {
        return requests.reader();
    }

    /** For the feed process. */
    public LogRing packetWriter() {
        return packets.writer();
    }

    /** For the loop. */
    public RingReader packetReader() {
        return packets.reader();
    }

    @Override
    public void close() {
        requests.close();
        packets.close();
    }
}
