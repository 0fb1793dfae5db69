package io.spindle.trading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.attest.AttestCommand;
import io.spindle.client.ClientCommand;
import io.spindle.log.AckLevel;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** What a process attested on the way, checked as a stranger would. */
@Timeout(120)
class AttestationTest {
    @TempDir private Path path;

    private static String run(final Object command, final String... arguments) {
        final StringWriter out = new StringWriter();
        final int code =
                new CommandLine(command)
                        .setOut(new PrintWriter(out, true))
                        .setErr(new PrintWriter(out, true))
                        .execute(arguments);
        return out + "exit " + code;
    }

    private Path attested() throws Exception {
        try (LiveTrading live = new LiveTrading(path)) {
            live.start(new Bootstrap.Sample());
            final String port = Integer.toString(live.ports.base());
            run(new ClientCommand(), "place", "buy", "1", "SPDL", "10", "--port-base", port);
            run(new ClientCommand(), "cancel", "1", "--port-base", port);
            live.stop();
        }
        try (Stream<Path> files = Files.list(path.resolve("attested"))) {
            return files.filter(file -> file.toString().endsWith(".attest"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private String altered(
            final Path file, final UnaryOperator<List<String>> change, final String... options)
            throws IOException {
        final Path copy = file.resolveSibling("altered");
        Files.write(copy, change.apply(new ArrayList<>(Files.readAllLines(file))));
        final List<String> arguments = new ArrayList<>(List.of(copy.toString()));
        arguments.addAll(List.of(options));
        return run(new AttestCommand(), arguments.toArray(String[]::new));
    }

    private static List<String> withLine(
            final List<String> lines, final int index, final UnaryOperator<String> change) {
        lines.set(index, change.apply(lines.get(index)));
        return lines;
    }

    @Test
    void shouldAttestEveryOrderAndRejectAnythingAltered() throws Exception {
        final Path file = attested();
        final String honest = run(new AttestCommand(), file.toString(), "--data", path.toString());
        assertTrue(honest.startsWith("2 orders in "), honest);
        assertTrue(honest.contains("realtime clock") && honest.endsWith("exit 0"), honest);
        for (int line = 0; line < Files.readAllLines(file).size(); line++) {
            final int at = line;
            assertFalse(altered(file, it -> without(it, at)).endsWith("exit 0"), "left out " + at);
            for (final char digit : "19".toCharArray()) {
                final String said =
                        altered(file, it -> withLine(it, at, text -> turned(text, digit)));
                assertTrue(said.endsWith("exit 1"), () -> at + " " + said);
            }
        }
        final String cut = altered(file, it -> it.subList(0, it.size() - 2));
        assertTrue(cut.contains("CUT SHORT") && cut.endsWith("exit 3"), cut);
        final Path other = Files.createDirectory(path.resolve("other"));
        final String foreign =
                run(new AttestCommand(), file.toString(), "--key", keyOf(other).toString());
        assertTrue(foreign.contains("not signed by the owner of this key"), foreign);
    }

    @Test
    void shouldWriteTheTimesFromCardToCardOfWhatWasNotAltered() throws Exception {
        final Path file = attested();
        final Path log = path.resolve("wire.hlog");
        final String forged =
                altered(
                        file,
                        it -> withLine(it, 1, text -> turned(text, '1')),
                        "--hlog",
                        log.toString());
        assertTrue(forged.endsWith("exit 1") && Files.notExists(log), forged);

        final String honest = run(new AttestCommand(), file.toString(), "--hlog", log.toString());
        assertTrue(honest.contains(" 0 orders without") && honest.endsWith("exit 0"), honest);
        try (HistogramLogReader reader = new HistogramLogReader(log.toFile())) {
            final Histogram times = (Histogram) reader.nextIntervalHistogram();
            assertEquals(2, times.getTotalCount());
            assertTrue(times.getMinNonZeroValue() > 0, times::toString);
        }
    }

    private static List<String> without(final List<String> lines, final int index) {
        lines.remove(index);
        return lines;
    }

    /** One digit of the line's end made another. */
    private static String turned(final String line, final char digit) {
        final char last = line.charAt(line.length() - 1);
        return line.substring(0, line.length() - 1) + (last == digit ? '0' : digit);
    }

    private Path keyOf(final Path folder) throws Exception {
        try (LiveTrading live = new LiveTrading(folder)) {
            live.start(new Bootstrap.Sample());
            live.stop();
        }
        return folder.resolve("attested").resolve("attest.pub");
    }

    @Test
    void shouldKeepThePrivateKeyToItself() throws Exception {
        final Path folder = attested().getParent();
        assertEquals(
                "[OWNER_READ, OWNER_WRITE]",
                Files.getPosixFilePermissions(folder.resolve("attest.key")).stream()
                        .sorted()
                        .toList()
                        .toString());
    }

    @Test
    void shouldRefuseAnswersThatWaitForTheDisk() throws IOException {
        final TradingConfig config =
                new LiveTrading(path).config("127.0.0.1", new Bootstrap.Sample());
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        new TradingConfig(
                                config.folder(),
                                config.ports(),
                                config.backend(),
                                config.address(),
                                "",
                                config.bootstrap(),
                                0,
                                0,
                                true,
                                config.capture(),
                                config.attest(),
                                AckLevel.SYNCED,
                                false,
                                config.rehearsal()));
    }
}
