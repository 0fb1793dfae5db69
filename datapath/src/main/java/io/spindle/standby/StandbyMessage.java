package io.spindle.standby;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.DatagramChannel;
import java.util.UUID;

/**
 * What primary and standby tell each other, one datagram each way, little-endian.
 *
 * <pre>
 *   0  magic     long    "SPDLSTBY"
 *   8  epoch     long    of the sender; whoever sees a higher one than its own has been replaced
 *  16  log id    2 long  the primary's folder; both 0 in a standby's first message
 *  32  sequence  long    primary: last command; standby: last command it holds
 *  40  clockNs   long    primary: its monotonic clock; standby: the latest of these it has heard
 *  48  life      long    drawn by the primary's process at its start; the standby returns it
 * </pre>
 *
 * <p>A message of the standby is a promise: it does not take over within {@link #LEASE_NS} of the
 * moment at which the primary's clock read {@code clockNs}. The link is not authenticated: it
 * belongs on a wire between the two boxes.
 *
 * @param log the primary's folder
 */
public record StandbyMessage(long epoch, UUID log, long sequence, long clockNs, long life) {
    /** How long a promise lasts. */
    public static final long LEASE_NS = 1_000_000_000L;

    /** Log id of a standby that has not heard its primary yet. */
    public static final UUID UNKNOWN = new UUID(0, 0);

    private static final long MAGIC = 0x5942_5453_4C44_5053L;
    private static final int EPOCH = 8;
    private static final int LOG_HIGH = 16;
    private static final int LOG_LOW = 24;
    private static final int SEQUENCE = 32;
    private static final int CLOCK = 40;
    private static final int LIFE = 48;
    private static final int LENGTH = 56;

    /** A datagram's worth of memory, for {@link #receive} and {@link #send}. */
    public static ByteBuffer newBuffer() {
        return ByteBuffer.allocateDirect(2 * LENGTH).order(ByteOrder.LITTLE_ENDIAN);
    }

    public void send(final DatagramChannel channel, final SocketAddress to, final ByteBuffer buffer)
            throws IOException {
        buffer.clear();
        buffer.putLong(MAGIC).putLong(epoch);
        buffer.putLong(log.getMostSignificantBits()).putLong(log.getLeastSignificantBits());
        buffer.putLong(sequence).putLong(clockNs).putLong(life);
        channel.send(buffer.flip(), to);
    }

    /**
     * Parses what was received, buffer flipped.
     *
     * @return null if it is something else
     */
    public static StandbyMessage parse(final ByteBuffer buffer) {
        if (buffer.limit() != LENGTH || buffer.getLong(0) != MAGIC) {
            return null;
        }
        return new StandbyMessage(
                buffer.getLong(EPOCH),
                new UUID(buffer.getLong(LOG_HIGH), buffer.getLong(LOG_LOW)),
                buffer.getLong(SEQUENCE),
                buffer.getLong(CLOCK),
                buffer.getLong(LIFE));
    }
}
