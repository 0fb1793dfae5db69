package io.spindle.journal;

import static io.spindle.journal.JournalFrame.CHAIN_LENGTH;
import static io.spindle.journal.JournalFrame.CHAIN_OFFSET;
import static io.spindle.journal.JournalFrame.RECORDS_OFFSET;

import org.agrona.DirectBuffer;

import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** The hash that ties every frame to all before it; see {@link JournalFrame}. */
final class Chain {
    private final MessageDigest sha256;
    private final byte[] head = new byte[CHAIN_LENGTH];
    private final byte[] recorded = new byte[CHAIN_LENGTH];

    Chain() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Goes on from the chain that a frame carries. */
    void startFrom(final DirectBuffer buffer, final int frame) {
        buffer.getBytes(frame + CHAIN_OFFSET, head);
    }

    /** Takes the next frame in; {@link #head} is then its chain. */
    void extend(final ByteBuffer bytes, final int frame, final int length) {
        sha256.update(head);
        sha256.update(bytes.duplicate().limit(frame + CHAIN_OFFSET).position(frame));
        sha256.update(bytes.duplicate().limit(frame + length).position(frame + RECORDS_OFFSET));
        try {
            sha256.digest(head, 0, CHAIN_LENGTH);
        } catch (final DigestException e) {
            throw new IllegalStateException(e);
        }
    }

    byte[] head() {
        return head;
    }

    boolean matches(final DirectBuffer buffer, final int frame) {
        buffer.getBytes(frame + CHAIN_OFFSET, recorded);
        return Arrays.equals(head, recorded);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(head);
    }
}
