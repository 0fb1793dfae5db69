package io.spindle.trading;

import io.spindle.oms.AccountTable;
import io.spindle.oms.Ascii;
import io.spindle.oms.CommandBatch;
import io.spindle.oms.CommandSink;
import io.spindle.oms.Password;
import io.spindle.oms.SessionTable;
import io.spindle.oms.TokenKey;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * A first configuration as CSV files, each with a heading line; {@code #} begins a comment line.
 *
 * <pre>
 *   instruments.csv   symbol,currency,tick,lot,minQuantity,maxQuantity,maxPrice,decimals
 *   accounts.csv      account,firm,shortSelling
 *   sessions.csv      session,password,firm,account,options     false, true = cancel, or some of
 *                                                             cancel+keep+token
 *   balances.csv      account,what,amount        what = a currency of three letters, or a symbol
 * </pre>
 */
final class BootstrapFolder {
    private static final int CURRENCY_LENGTH = 3;
    private static final int CASH_DECIMALS = 4;

    private final Path folder;
    private final SecureRandom random = new SecureRandom();

    BootstrapFolder(final Path folder) {
        this.folder = folder;
    }

    void write(final CommandSink sink) throws IOException {
        final List<String[]> accounts = rows("accounts.csv", 3);
        final CommandBatch batch = new CommandBatch(sink, Ascii.pack("BOOT"), random.nextLong());
        for (final String[] row : rows("instruments.csv", 8)) {
            batch.instrument(instrument(row));
        }
        final LinkedHashSet<String> firms = new LinkedHashSet<>();
        accounts.forEach(row -> firms.add(row[1]));
        firms.forEach(batch::firm);
        for (final String[] row : accounts) {
            final boolean canShort = Boolean.parseBoolean(row[2]);
            batch.account(row[0], row[1], canShort ? AccountTable.FLAG_SHORT_SELLING : 0);
        }
        for (final String[] row : rows("sessions.csv", 5)) {
            batch.session(session(row));
        }
        for (final String[] row : rows("balances.csv", 3)) {
            if (row[1].length() == CURRENCY_LENGTH) {
                batch.cash(row[0], row[1], scaled(row[2], CASH_DECIMALS));
            } else {
                batch.holding(row[0], row[1], Long.parseLong(row[2]));
            }
        }
        batch.commit();
    }

    private static CommandBatch.Instrument instrument(final String[] row) {
        final int decimals = Integer.parseInt(row[7]);
        return new CommandBatch.Instrument(
                row[0],
                row[1],
                scaled(row[2], decimals),
                Long.parseLong(row[3]),
                Long.parseLong(row[4]),
                Long.parseLong(row[5]),
                scaled(row[6], decimals),
                decimals,
                0);
    }

    private CommandBatch.Session session(final String[] row) {
        final byte[] salt = new byte[SessionTable.SALT_LENGTH];
        random.nextBytes(salt);
        final int flags = flags(row[4]);
        final byte[] secret =
                (flags & SessionTable.FLAG_TOKEN) == 0
                        ? Password.secret(salt, row[1])
                        : TokenKey.secret(row[1]);
        return new CommandBatch.Session(row[0], row[2], row[3], flags, salt, secret);
    }

    /** Cancels its orders on disconnect, keeps its source while up, carries tokens. */
    private static int flags(final String options) {
        int flags = 0;
        for (final String option : options.split("\\+")) {
            flags |=
                    switch (option) {
                        case "false" -> 0;
                        case "true", "cancel" -> SessionTable.FLAG_CANCEL_ON_DISCONNECT;
                        case "keep" -> SessionTable.FLAG_KEEPS_SOURCE;
                        case "token" -> SessionTable.FLAG_TOKEN;
                        default ->
                                throw new IllegalArgumentException(
                                        "sessions.csv: unknown option " + option);
                    };
        }
        return flags;
    }

    private static long scaled(final String decimal, final int decimals) {
        return new BigDecimal(decimal).movePointRight(decimals).longValueExact();
    }

    private List<String[]> rows(final String name, final int columns) throws IOException {
        final List<String[]> rows = new ArrayList<>();
        final List<String> lines = Files.readAllLines(folder.resolve(name));
        for (int number = 1; number < lines.size(); number++) {
            final String line = lines.get(number).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            final String[] row = line.split("\\s*,\\s*");
            if (row.length != columns) {
                throw new IllegalArgumentException(
                        folder.resolve(name)
                                + ":"
                                + (number + 1)
                                + ": wants "
                                + columns
                                + " columns, has "
                                + row.length);
            }
            rows.add(row);
        }
        return rows;
    }
}
