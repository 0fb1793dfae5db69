package io.spindle.session;

import io.spindle.nic.Cold;
import io.spindle.oms.SessionTable;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Compares a password with a session's salted SHA-256 in a time that tells nothing: an unknown
 * session costs one digest and one comparison too. The password is digested without its padding.
 */
public final class PasswordCheck {
    private final byte[] input;
    private final byte[] expected = new byte[SessionTable.SECRET_LENGTH];
    private final byte[] actual = new byte[SessionTable.SECRET_LENGTH];
    private final UnsafeBuffer inputBuffer;
    private final UnsafeBuffer expectedBuffer = new UnsafeBuffer(expected);
    private final MessageDigest digest = sha256();

    public PasswordCheck(final int maxPasswordLength) {
        input = new byte[SessionTable.SALT_LENGTH + maxPasswordLength];
        inputBuffer = new UnsafeBuffer(input);
    }

    /** True when the session exists and this, less trailing spaces, is its password. */
    public boolean matches(
            final SessionTable sessions,
            final int session,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        final boolean known = session != SessionTable.NONE;
        if (known) {
            sessions.salt(session, inputBuffer, 0);
            sessions.secret(session, expectedBuffer, 0);
        }
        int trimmed = length;
        while (trimmed > 0 && buffer.getByte(offset + trimmed - 1) == ' ') {
            trimmed--;
        }
        inputBuffer.putBytes(SessionTable.SALT_LENGTH, buffer, offset, trimmed);
        digest.update(input, 0, SessionTable.SALT_LENGTH + trimmed);
        try {
            digest.digest(actual, 0, actual.length);
        } catch (final DigestException e) {
            throw new IllegalStateException(e);
        }
        return MessageDigest.isEqual(expected, actual) & known;
    }

    @Cold
    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
