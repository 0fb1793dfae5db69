package io.spindle.attest;

import io.spindle.sys.ClockQuality;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Writes one file of attestations; see the package for its lines. One thread. */
final class AttestationWriter implements AutoCloseable {
    /** Line in front of the last seal. */
    static final String END = "end";

    private static final String SUFFIX = ".attest";

    private final Chain chain = new Chain();
    private final SigningKey key;
    private final BufferedWriter file;
    private long orders;
    private long lost;

    AttestationWriter(final Path folder, final String stampClock) throws IOException {
        Files.createDirectories(folder);
        key = SigningKey.in(folder);
        file =
                Files.newBufferedWriter(
                        folder.resolve(System.currentTimeMillis() + SUFFIX),
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.WRITE);
        write("spindle-attestation 1 " + stampClock);
    }

    void order(
            final long sequence,
            final long arrivedNs,
            final long inNs,
            final long outNs,
            final long sentNs) {
        orders++;
        write("order " + sequence + ' ' + arrivedNs + ' ' + inNs + ' ' + outNs + ' ' + sentNs);
    }

    /** Turns so far whose notes found no room. */
    void lost(final long count) {
        lost = count;
    }

    private void write(final String line) {
        try {
            chain.add(line);
            file.write(line);
            file.write('\n');
        } catch (final IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Ends an interval, if anything happened in it. */
    void seal() throws IOException {
        if (orders > 0) {
            sign();
        }
    }

    private void sign() throws IOException {
        final ClockQuality clock = ClockQuality.now();
        final String seal =
                "seal %d %d %s %d"
                        .formatted(
                                orders,
                                lost,
                                clock.synchronised() ? "synchronised" : "free-running",
                                clock.maxErrorMicros());
        chain.add(seal);
        final String link = chain.link();
        file.write(seal + ' ' + link + ' ' + key.sign(link) + '\n');
        file.flush();
        orders = 0;
    }

    /** Says that nothing was cut off behind here. */
    @Override
    public void close() throws IOException {
        write(END);
        sign();
        file.close();
    }
}
