package io.spindle.perf.lobster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A message file and the book after each of its lines, read in step. Each may be a CSV file or a
 * ZIP with it, as LOBSTER offers them for download.
 */
final class LobsterFiles implements AutoCloseable {
    private final Source messages;
    private final Source books;
    private LobsterMessage message;
    private Ladder book;

    LobsterFiles(final Path messageFile, final Path bookFile) throws IOException {
        messages = Source.open(messageFile, "_message_");
        try {
            books = Source.open(bookFile, "_orderbook_");
        } catch (final IOException e) {
            messages.close();
            throw e;
        }
    }

    /** Number of lines of a message file. */
    static long rows(final Path messageFile) throws IOException {
        try (Source messages = Source.open(messageFile, "_message_")) {
            return messages.reader().lines().count();
        }
    }

    /** Steps to the next line of both; false at the end. */
    boolean next() throws IOException {
        final String messageLine = messages.reader().readLine();
        final String bookLine = books.reader().readLine();
        if ((messageLine == null) != (bookLine == null)) {
            throw new IOException("the message file and the book file differ in length");
        }
        if (messageLine == null) {
            return false;
        }
        message = LobsterMessage.parse(messageLine);
        book = Ladder.parse(bookLine);
        return true;
    }

    LobsterMessage message() {
        return message;
    }

    /** The book after {@link #message}. */
    Ladder book() {
        return book;
    }

    @Override
    public void close() throws IOException {
        try (messages) {
            books.close();
        }
    }

    private record Source(BufferedReader reader, AutoCloseable owner) implements AutoCloseable {
        static Source open(final Path file, final String entryMark) throws IOException {
            if (!file.toString().endsWith(".zip")) {
                final BufferedReader reader = Files.newBufferedReader(file);
                return new Source(reader, reader);
            }
            final ZipFile zip = new ZipFile(file.toFile());
            final ZipEntry entry =
                    zip.stream()
                            .filter(candidate -> candidate.getName().contains(entryMark))
                            .findFirst()
                            .orElse(null);
            if (entry == null) {
                zip.close();
                throw new IOException(file + ": no *" + entryMark + "* inside");
            }
            return new Source(
                    new BufferedReader(
                            new InputStreamReader(
                                    zip.getInputStream(entry), StandardCharsets.US_ASCII)),
                    zip);
        }

        @Override
        public void close() throws IOException {
            try {
                owner.close();
            } catch (final IOException e) {
                throw e;
            } catch (final Exception e) {
                throw new IOException(e);
            }
        }
    }
}
