package io.spindle.client;

import io.spindle.session.Packets;
import io.spindle.session.wire.LoginEncoder;

import org.agrona.MutableDirectBuffer;

/** The block that asks for a login to the current session id. */
final class LoginBlock {
    private final LoginEncoder login = new LoginEncoder();
    private final String username;
    private final String password;

    LoginBlock(final String username, final String password) {
        this.username = padded(username, LoginEncoder.usernameLength());
        this.password = padded(password, LoginEncoder.passwordLength());
    }

    /** Writes it at the buffer's beginning; returns its length. */
    int encode(final MutableDirectBuffer buffer) {
        login.wrap(buffer, 0)
                .length(LoginEncoder.BLOCK_LENGTH - Short.BYTES)
                .packetType(Packets.LOGIN)
                .username(username)
                .password(password)
                .sessionId(padded("", LoginEncoder.sessionIdLength()));
        return LoginEncoder.BLOCK_LENGTH;
    }

    private static String padded(final String text, final int length) {
        return text + " ".repeat(length - text.length());
    }
}
