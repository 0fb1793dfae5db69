package io.spindle.oms;

import io.spindle.matcher.Cold;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The market that a new appliance opens with (docs/protocol: sample market): one firm, a hundred
 * sessions with an account each, two instruments, and no limits. For trying out, on loopback only.
 */
@Cold
public final class SampleMarket {
    public static final String FIRM = "TEST";
    public static final String PASSWORD = "spindle";
    public static final String CURRENCY = "USD";
    public static final List<String> SYMBOLS = List.of("SPDL", "ROTR");
    public static final int SESSIONS = 100;

    private static final long REQUEST_HIGH = Ascii.pack("SAMPLE");
    private static final long REQUEST_LOW = 1;
    private static final long CASH = 10_000_000_000L * 10_000;
    private static final long LOTS = 1_000_000_000L;
    private static final long TICK_SIZE = 100;
    private static final long MAX_QUANTITY = 1_000_000;
    private static final long MAX_PRICE = 199_999_9900L;
    private static final int PRICE_DECIMALS = 4;

    private SampleMarket() {}

    /** Name of a sample session and of its account: TEST00 … TEST99. */
    public static String session(final int number) {
        return FIRM + number / 10 + number % 10;
    }

    /** Writes the market as one batch of commands. */
    public static void write(final CommandSink sink) {
        final CommandBatch batch = new CommandBatch(sink, REQUEST_HIGH, REQUEST_LOW);
        for (final String symbol : SYMBOLS) {
            batch.instrument(
                    new CommandBatch.Instrument(
                            symbol,
                            CURRENCY,
                            TICK_SIZE,
                            1,
                            1,
                            MAX_QUANTITY,
                            MAX_PRICE,
                            PRICE_DECIMALS,
                            0));
        }
        batch.firm(FIRM);
        for (int number = 0; number < SESSIONS; number++) {
            member(batch, session(number));
        }
        batch.commit();
    }

    private static void member(final CommandBatch batch, final String name) {
        final byte[] salt = salt(name);
        batch.account(name, FIRM, AccountTable.FLAG_SHORT_SELLING)
                .cash(name, CURRENCY, CASH)
                .session(
                        new CommandBatch.Session(
                                name, FIRM, name, 0, salt, Password.secret(salt, PASSWORD)));
        for (final String symbol : SYMBOLS) {
            batch.holding(name, symbol, LOTS);
        }
    }

    /** Fixed, so that the sample market is the same bytes everywhere. */
    private static byte[] salt(final String name) {
        final byte[] digest =
                Password.sha256().digest(("sample " + name).getBytes(StandardCharsets.US_ASCII));
        return Arrays.copyOf(digest, SessionTable.SALT_LENGTH);
    }
}
