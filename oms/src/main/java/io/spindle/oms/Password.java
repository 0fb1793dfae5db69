package io.spindle.oms;

import io.spindle.matcher.Cold;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** How a session's password is kept: SHA-256 over salt and password. */
@Cold
public final class Password {
    private Password() {}

    /**
     * @param salt {@link SessionTable#SALT_LENGTH} bytes
     * @param password ASCII; trailing spaces do not count, as the wire pads with them
     * @return {@link SessionTable#SECRET_LENGTH} bytes
     */
    public static byte[] secret(final byte[] salt, final String password) {
        final MessageDigest digest = sha256();
        digest.update(salt);
        return digest.digest(password.stripTrailing().getBytes(StandardCharsets.US_ASCII));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
