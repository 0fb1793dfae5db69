package io.spindle.client;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.spindle.session.Packets;
import io.spindle.session.SipHash;
import io.spindle.session.Tokens;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A client's half of {@link Tokens}: signs what is sent, believes what is signed. */
public final class ClientToken {
    /** Bytes of a session's key. */
    public static final int KEY_LENGTH = 16;

    private static final int NOT_OURS = 0;

    private final SipHash hash = new SipHash();
    private final long key0;
    private final long key1;
    private final long epochOffsetNs;
    private long number;

    /**
     * @param epochOffsetNs from the clock that the session is given to ns since the Unix epoch
     */
    public ClientToken(final byte[] key, final long epochOffsetNs) {
        if (key.length != KEY_LENGTH) {
            throw new IllegalArgumentException(
                    "key of " + key.length + " bytes, want " + KEY_LENGTH);
        }
        final UnsafeBuffer words = new UnsafeBuffer(key);
        this.key0 = words.getLong(0, LITTLE_ENDIAN);
        this.key1 = words.getLong(Long.BYTES, LITTLE_ENDIAN);
        this.epochOffsetNs = epochOffsetNs;
    }

    /** Adds the token block; returns the datagram's new length. */
    int append(final MutableDirectBuffer datagram, final int length, final long nowNs) {
        number = Math.max(number + 1, nowNs + epochOffsetNs);
        datagram.putShort(length, (short) (Tokens.BLOCK_LENGTH - Short.BYTES), BIG_ENDIAN);
        datagram.putByte(length + Short.BYTES, Packets.TOKEN);
        final int end = length + Tokens.BLOCK_LENGTH;
        datagram.putLong(end - 2 * Long.BYTES, number, BIG_ENDIAN);
        final int signed = end - Long.BYTES;
        datagram.putLong(signed, hash.of(datagram, 0, signed, key0, key1), BIG_ENDIAN);
        return end;
    }

    /** Length of the packet without its seal; 0 when the seal is not the server's. */
    int unsealed(final DirectBuffer packet, final int offset, final int length) {
        final int bare = length - Tokens.SEAL_LENGTH;
        return bare > 0
                        && packet.getLong(offset + bare, BIG_ENDIAN)
                                == hash.of(packet, offset, bare, ~key0, ~key1)
                ? bare
                : NOT_OURS;
    }
}
