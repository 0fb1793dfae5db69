package io.spindle.mgmt.control;

import io.spindle.oms.Ascii;
import io.spindle.oms.Password;
import io.spindle.oms.SessionTable;
import io.spindle.oms.TokenKey;
import io.spindle.oms.command.AdjustCashEncoder;
import io.spindle.oms.command.AdjustHoldingEncoder;
import io.spindle.oms.command.DefineAccountEncoder;
import io.spindle.oms.command.DefineFirmEncoder;
import io.spindle.oms.command.DefineSessionEncoder;

import java.security.SecureRandom;
import java.util.UUID;

/** What may be asked about members: firms, accounts, sessions, their cash and holdings. */
public final class MemberCommands {
    private static final SecureRandom RANDOM = new SecureRandom();

    private MemberCommands() {}

    public static AdminCommand defineFirm(final UUID request, final String firm) {
        return AdminCommand.encode(
                request,
                (buffer, header) -> {
                    final DefineFirmEncoder command = new DefineFirmEncoder();
                    command.wrapAndApplyHeader(buffer, 0, header).firm(four(firm));
                    return command.limit();
                });
    }

    public static AdminCommand defineAccount(
            final UUID request, final String account, final String firm, final int flags) {
        return AdminCommand.encode(
                request,
                (buffer, header) -> {
                    final DefineAccountEncoder command = new DefineAccountEncoder();
                    command.wrapAndApplyHeader(buffer, 0, header)
                            .accountHigh(Ascii.pack(account))
                            .accountLow(Ascii.pack(account, Long.BYTES))
                            .firm(four(firm))
                            .flags(flags);
                    return command.limit();
                });
    }

    /** The password itself goes no further than here: the command carries salt and hash. */
    public static AdminCommand definePasswordSession(
            final UUID request,
            final String username,
            final String firm,
            final String account,
            final int flags,
            final String password) {
        final byte[] salt = new byte[SessionTable.SALT_LENGTH];
        RANDOM.nextBytes(salt);
        final byte[] secret = Password.secret(salt, password);
        return defineSession(request, username, firm, account, flags, salt, secret);
    }

    /** A session whose datagrams carry tokens made with a {@link TokenKey}. */
    public static AdminCommand defineTokenSession(
            final UUID request,
            final String username,
            final String firm,
            final String account,
            final int flags,
            final String key) {
        return defineSession(
                request,
                username,
                firm,
                account,
                flags | SessionTable.FLAG_TOKEN,
                new byte[SessionTable.SALT_LENGTH],
                TokenKey.secret(key));
    }

    private static AdminCommand defineSession(
            final UUID request,
            final String username,
            final String firm,
            final String account,
            final int flags,
            final byte[] salt,
            final byte[] secret) {
        return AdminCommand.encode(
                request,
                (buffer, header) -> {
                    final DefineSessionEncoder command = new DefineSessionEncoder();
                    command.wrapAndApplyHeader(buffer, 0, header)
                            .username(Ascii.pack(username))
                            .firm(four(firm))
                            .flags(flags)
                            .accountHigh(Ascii.pack(account))
                            .accountLow(Ascii.pack(account, Long.BYTES))
                            .putSalt(salt, 0, salt.length)
                            .putSecret(secret, 0, secret.length);
                    return command.limit();
                });
    }

    /**
     * @param amount in 10^-4 of the currency, signed
     */
    public static AdminCommand adjustCash(
            final UUID request, final String account, final String currency, final long amount) {
        return AdminCommand.encode(
                request,
                (buffer, header) -> {
                    final AdjustCashEncoder command = new AdjustCashEncoder();
                    command.wrapAndApplyHeader(buffer, 0, header)
                            .accountHigh(Ascii.pack(account))
                            .accountLow(Ascii.pack(account, Long.BYTES))
                            .amount(amount)
                            .currency(four(currency));
                    return command.limit();
                });
    }

    public static AdminCommand adjustHolding(
            final UUID request, final String account, final String symbol, final long lots) {
        return AdminCommand.encode(
                request,
                (buffer, header) -> {
                    final AdjustHoldingEncoder command = new AdjustHoldingEncoder();
                    command.wrapAndApplyHeader(buffer, 0, header)
                            .accountHigh(Ascii.pack(account))
                            .accountLow(Ascii.pack(account, Long.BYTES))
                            .symbol(Ascii.pack(symbol))
                            .lots(lots);
                    return command.limit();
                });
    }

    private static long four(final String text) {
        return Integer.toUnsignedLong(Ascii.packInt(text));
    }
}
