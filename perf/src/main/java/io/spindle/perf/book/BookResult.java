package io.spindle.perf.book;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an engine's line says: its time, its trades and the slow ones among its commands. */
record BookResult(BookEngine engine, double nsPerCommand, long slow) {
    private static final Pattern TIME = Pattern.compile("ns_per_cmd=([0-9.]+)");
    private static final Pattern SLOW = Pattern.compile("over20us=(\\d+)");

    static BookResult of(final BookEngine engine, final String line) throws IOException {
        final Matcher time = TIME.matcher(line);
        final Matcher slow = SLOW.matcher(line);
        if (!time.find()) {
            throw new IOException(engine + " said: " + line);
        }
        return new BookResult(
                engine,
                Double.parseDouble(time.group(1)),
                slow.find() ? Long.parseLong(slow.group(1)) : 0);
    }

    @Override
    public String toString() {
        return "%s %.1f ns".formatted(engine, nsPerCommand) + (slow > 0 ? " slow " + slow : "");
    }
}
