package io.spindle.feed;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;

/**
 * Contract notes as CSV, one row a leg, one file a trading day: {@code SP26112001.csv}. Rows are
 * only ever added, also for what is taken back; after a restart the file goes on behind its last
 * whole row. One that has another heading was written by another version, and is written anew; so
 * is one of another boot, for a power cut may have taken its trades from the log.
 *
 * <p>It hears each leg of each trade, in sequence, and again with its quantity negative if it is
 * taken back. After a restart it hears the day again from its first leg, and knows by the sequence
 * what it has written.
 *
 * <pre>
 *   1,2026-11-20T09:30:00.000007000Z,1,SPDL,S,60,10.0000,USD,ACCOUNT,TEST,TEST00,1,A,trade
 *   2,2026-11-20T09:30:00.000007000Z,1,SPDL,B,60,10.0000,USD,ACCOUNT,TEST,TEST01,1,R,trade
 *   3,2026-11-20T09:31:00.000000000Z,1,SPDL,S,-60,10.0000,USD,ACCOUNT,TEST,TEST00,1,A,bust
 * </pre>
 *
 * <p><i>Called from</i> the feed process's thread.
 */
final class ContractNotes implements AutoCloseable {
    static final String HEADING =
            "sequence,time,match,symbol,side,quantity,price,currency,account,firm,session,order,"
                    + "liquidity,kind";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.nnnnnnnnn'Z'");
    private static final long NS_PER_SECOND = 1_000_000_000L;
    private static final int BLOCK = 1 << 16;

    private final Path folder;
    private Writer writer;
    private long written;
    private boolean dirty;

    ContractNotes(final Path folder) {
        this.folder = folder;
    }

    /** Sequences begin at 1 again; {@code sessionId} names the day. */
    void startDay(final String sessionId) {
        close();
        final Path file = folder.resolve(sessionId + ".csv");
        try {
            Files.createDirectories(folder);
            forgetAnotherBoot(file, new BootMark(folder, sessionId));
            written = cutToWholeRows(file);
            writer =
                    Files.newBufferedWriter(
                            file,
                            StandardCharsets.US_ASCII,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.APPEND);
            if (written < 0) {
                writer.write(HEADING + "\n");
                written = 0;
                dirty = true;
            }
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    void onTrade(final TradeLeg leg) {
        if (writer == null || leg.sequence() <= written) {
            return;
        }
        try {
            writer.write(row(leg));
        } catch (final IOException e) {
            throw new UncheckedIOException("contract notes in " + folder, e);
        }
        written = leg.sequence();
        dirty = true;
    }

    /** Everything that was recorded so far has been told. */
    void flush() {
        if (dirty) {
            dirty = false;
            try {
                writer.flush();
            } catch (final IOException e) {
                throw new UncheckedIOException("contract notes in " + folder, e);
            }
        }
    }

    @Override
    public void close() {
        if (writer != null) {
            try {
                writer.close();
            } catch (final IOException e) {
                throw new UncheckedIOException("contract notes in " + folder, e);
            }
            writer = null;
            dirty = false;
        }
    }

    private static String row(final TradeLeg leg) {
        final Instant time =
                Instant.ofEpochSecond(leg.timeNs() / NS_PER_SECOND, leg.timeNs() % NS_PER_SECOND);
        return String.join(
                        ",",
                        Long.toString(leg.sequence()),
                        TIME.format(LocalDateTime.ofInstant(time, ZoneOffset.UTC)),
                        Long.toString(leg.matchNumber()),
                        leg.symbol(),
                        Character.toString(leg.side()),
                        Long.toString(leg.quantity()),
                        BigDecimal.valueOf(leg.price(), leg.priceDecimals()).toPlainString(),
                        leg.currency(),
                        leg.account(),
                        leg.firm(),
                        leg.session(),
                        Long.toString(leg.userRefNum()),
                        Character.toString(leg.liquidity()),
                        leg.kind().word)
                + "\n";
    }

    /** The log tells the day from its first leg. */
    private static void forgetAnotherBoot(final Path file, final BootMark boot) throws IOException {
        if (!boot.isOfThisBoot()) {
            Files.deleteIfExists(file);
            boot.write();
        }
    }

    /**
     * Cuts off half a row, and all that stands under another heading. Returns the rows there are,
     * −1 when not even the heading is. Takes one block of memory, whatever the day was.
     */
    private static long cutToWholeRows(final Path file) throws IOException {
        if (!Files.exists(file)) {
            return -1;
        }
        final boolean isOurs = isUnderOurHeading(file);
        final byte[] block = new byte[BLOCK];
        long lines = 0;
        long position = 0;
        long end = 0;
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            int length = isOurs ? channel.read(ByteBuffer.wrap(block), position) : -1;
            while (length > 0) {
                for (int i = 0; i < length; i++) {
                    if (block[i] == '\n') {
                        lines++;
                        end = position + i + 1;
                    }
                }
                position += length;
                length = channel.read(ByteBuffer.wrap(block), position);
            }
            channel.truncate(end);
        }
        return lines - 1;
    }

    private static boolean isUnderOurHeading(final Path file) throws IOException {
        final byte[] heading = (HEADING + "\n").getBytes(StandardCharsets.US_ASCII);
        try (InputStream rows = Files.newInputStream(file)) {
            return Arrays.equals(heading, rows.readNBytes(heading.length));
        }
    }
}
