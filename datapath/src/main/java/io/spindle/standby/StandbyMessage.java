package io.spindle.standby;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;

/**
 * What primary and standby tell each other, one datagram each way, little-endian.
 *
 * <pre>
 *   0  magic     long    "SPDLSTBY" from a standby, "SPDLPRIM" from a primary
 *   8  epoch     long    of the sender; whoever sees a higher one than its own has been replaced
 *  16  log id    2 long  the primary's folder; both 0 from a standby that knows none yet
 *  32  sequence  long    primary: last command; standby: last command it holds
 *  40  clockNs   long    primary: its monotonic clock; standby: the latest of these it has heard
 *  48  life      long    drawn by the primary's process at its start; the standby returns it
 *  56  call      long    drawn by the standby's process at its start; the primary returns it
 *  64  number    long    of the standby's message, rising; the primary returns it
 *  72  tag       32 bytes  HMAC-SHA-256 of all before under the {@link StandbyKey}
 * </pre>
 *
 * <p>A message of the standby is a promise: it does not take over within {@link #LEASE_NS} of the
 * moment at which the primary's clock read {@code clockNs}.
 *
 * @param log the primary's folder
 */
public record StandbyMessage(
        long epoch, UUID log, long sequence, long clockNs, long life, long call, long number) {
    /** How long a promise lasts. */
    public static final long LEASE_NS = 1_000_000_000L;

    /** Log id of a standby that has not heard its primary yet. */
    public static final UUID UNKNOWN = new UUID(0, 0);

    private static final int EPOCH = 8;
    private static final int LOG_HIGH = 16;
    private static final int LOG_LOW = 24;
    private static final int SEQUENCE = 32;
    private static final int CLOCK = 40;
    private static final int LIFE = 48;
    private static final int CALL = 56;
    private static final int NUMBER = 64;

    /** Bytes of a whole message. */
    static final int LENGTH = 72 + StandbyKey.TAG_LENGTH;

    /** Who says it: nobody's words can be given back to him as the other's. */
    enum Sender {
        STANDBY(0x5942_5453_4C44_5053L),
        PRIMARY(0x4D49_5250_4C44_5053L);

        private final long magic;

        Sender(final long magic) {
            this.magic = magic;
        }
    }

    /** A datagram's worth of memory, and a byte by which a longer one is told. */
    static ByteBuffer newBuffer() {
        return ByteBuffer.allocateDirect(LENGTH + 1).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Writes the message and its tag; returns the buffer, flipped. */
    ByteBuffer write(final Sender sender, final StandbyKey key, final ByteBuffer buffer) {
        buffer.clear();
        buffer.putLong(sender.magic).putLong(epoch);
        buffer.putLong(log.getMostSignificantBits()).putLong(log.getLeastSignificantBits());
        buffer.putLong(sequence).putLong(clockNs).putLong(life).putLong(call).putLong(number);
        key.seal(buffer);
        return buffer.flip();
    }

    /**
     * Parses what was received, buffer flipped.
     *
     * @return null if it is something else, or was not said by this one
     */
    static StandbyMessage parse(
            final Sender sender, final StandbyKey key, final ByteBuffer buffer) {
        if (buffer.limit() != LENGTH
                || buffer.getLong(0) != sender.magic
                || !key.isSealed(buffer, LENGTH)) {
            return null;
        }
        return new StandbyMessage(
                buffer.getLong(EPOCH),
                new UUID(buffer.getLong(LOG_HIGH), buffer.getLong(LOG_LOW)),
                buffer.getLong(SEQUENCE),
                buffer.getLong(CLOCK),
                buffer.getLong(LIFE),
                buffer.getLong(CALL),
                buffer.getLong(NUMBER));
    }
}
