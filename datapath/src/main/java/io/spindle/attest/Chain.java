package io.spindle.attest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A running hash over lines, each interval's beginning with the one before. */
final class Chain {
    private final MessageDigest digest;

    Chain() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (final NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    void add(final String line) {
        digest.update(line.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) '\n');
    }

    /** Ends an interval and begins the next. */
    String link() {
        final byte[] hash = digest.digest();
        digest.update(hash);
        return HexFormat.of().formatHex(hash);
    }
}
