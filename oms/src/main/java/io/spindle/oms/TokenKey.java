package io.spindle.oms;

import io.spindle.matcher.Cold;

import java.util.Arrays;
import java.util.HexFormat;

/** The key of a session whose datagrams carry tokens: 16 bytes, written as 32 hex digits. */
@Cold
public final class TokenKey {
    private static final int DIGITS = 32;

    private TokenKey() {}

    public static boolean isWritten(final String hex) {
        return hex.matches("[0-9A-Fa-f]{" + DIGITS + "}");
    }

    /**
     * The key as it stands where other sessions have the hash of their password.
     *
     * @return {@link SessionTable#SECRET_LENGTH} bytes
     * @throws IllegalArgumentException when it is not {@linkplain #isWritten written} so
     */
    public static byte[] secret(final String hex) {
        if (!isWritten(hex)) {
            throw new IllegalArgumentException("a token's key has 32 hexadecimal digits");
        }
        return Arrays.copyOf(HexFormat.of().parseHex(hex), SessionTable.SECRET_LENGTH);
    }
}
