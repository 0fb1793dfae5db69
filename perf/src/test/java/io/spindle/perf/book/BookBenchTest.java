package io.spindle.perf.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.perf.BenchCommand;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

class BookBenchTest {
    private static final String LINE =
            "ns_per_cmd=[0-9.]+ trades=\\d+ tradedQty=\\d+ notional=\\d+ resting=\\d+"
                    + " restingQty=\\d+ p50=.*over20us=\\d+\\s*";

    @TempDir private Path folder;

    @Test
    void shouldAgreeWithEveryOtherBookOnTheSameStream() throws IOException {
        final OrderStream stream = OrderStream.read(stream("mixed.bin", "--moves", "20"));
        final BookTotals ours = play(BookEngine.SPINDLE, stream);
        assertTrue(ours.trades() > 1_000, "trades: " + ours);
        for (final BookEngine engine : BookEngine.values()) {
            assertEquals(ours, play(engine, stream), engine.name());
        }
    }

    private static BookTotals play(final BookEngine engine, final OrderStream stream) {
        final BookUnderTest book = engine.open(stream, stream.maxOrderId() + 1);
        stream.play(book, 0, stream.count());
        return book.totals();
    }

    @Test
    void shouldMakeTheSameBytesFromTheSameSeed() throws IOException {
        final byte[] once = Files.readAllBytes(stream("once.bin"));
        assertEquals(-1, Arrays.mismatch(once, Files.readAllBytes(stream("again.bin"))));
        assertTrue(
                Arrays.mismatch(once, Files.readAllBytes(stream("else.bin", "--seed", "7"))) >= 0);
    }

    @Test
    void shouldPrintOneLineOfTimeAndTotals() throws IOException {
        final Path file = stream("small.bin");
        final String line =
                run("book", "--runs", "1", "--warmups", "0", "--latency", "--thread-time", file);
        assertTrue(line.matches(LINE), line);
    }

    @Test
    void shouldRefuseAFileThatIsNotAStream() throws IOException {
        final Path file =
                Files.writeString(folder.resolve("text"), "not a stream, but long enough");
        assertThrows(IOException.class, () -> OrderStream.read(file));
        final Path cut = stream("cut.bin");
        Files.write(cut, Arrays.copyOf(Files.readAllBytes(cut), 1_000));
        assertThrows(IOException.class, () -> OrderStream.read(cut));
    }

    @Test
    void shouldExplainItselfWithoutASubcommand() {
        assertEquals(2, new CommandLine(new BenchCommand()).execute());
    }

    private Path stream(final String name, final String... options) {
        final Path file = folder.resolve(name);
        final Object[] arguments = new Object[options.length + 6];
        arguments[0] = "stream";
        arguments[1] = file;
        arguments[2] = "--commands";
        arguments[3] = "20000";
        arguments[4] = "--resting";
        arguments[5] = "500";
        System.arraycopy(options, 0, arguments, 6, options.length);
        run(arguments);
        return file;
    }

    private static String run(final Object... arguments) {
        final StringWriter output = new StringWriter();
        final String[] words = Stream.of(arguments).map(Object::toString).toArray(String[]::new);
        final CommandLine command =
                new CommandLine(new BenchCommand()).setOut(new PrintWriter(output, true));
        assertEquals(0, command.execute(words));
        return output.toString();
    }

    @Test
    void shouldCompareEnginesByTurnsAndSayWhatTheLimitsAre() {
        final String words =
                run(
                        "book",
                        "--against",
                        "FLOOR,TREE_MAP",
                        "--runs",
                        "1",
                        "--warmups",
                        "0",
                        "--rounds",
                        "2",
                        stream("small.bin"));
        assertTrue(
                words.matches("(?s)(FLOOR .*SPINDLE .*\n){2}to the floor: .*limit 1.3.*"), words);
    }

    @Test
    void shouldCountOnlyUndisturbedRoundsAndTakeTheMedian() {
        final BookComparison comparison = new BookComparison(1_000, false);
        for (final double ours : new double[] {24, 26, 23}) {
            comparison.add(round(20, ours, 80));
        }
        assertTrue(comparison.add(round(20, 99, 300)).endsWith("disturbed, not counted"));
        assertEquals(
                """
                to the floor: 1.20, from 1.15 to 1.30 in 3 rounds (limit 1.3: met)
                faster than exchange-core: 3.33, from 3.08 to 3.48 in 3 rounds (limit 3.0: met)
                over 20 µs: 33, floor 30, ratio 1.10 (limit 1.2: met); median round 11, floor 10
                """,
                comparison.verdict());
    }

    private static List<BookResult> round(
            final double floor, final double ours, final double theirs) {
        return List.of(
                new BookResult(BookEngine.FLOOR, floor, 10),
                new BookResult(BookEngine.EXCHANGE_CORE, theirs, 70),
                new BookResult(BookEngine.SPINDLE, ours, 11));
    }

    @Test
    void shouldRunInThisProcessToo() throws IOException {
        final Path file = stream("run.bin");
        final ByteArrayOutputStream printed = new ByteArrayOutputStream();
        final PrintStream before = System.out;
        try {
            System.setOut(new PrintStream(printed, true));
            BookRun.main(new String[] {file.toString(), "FLOOR", "0", "1", "true", "true"});
        } finally {
            System.setOut(before);
        }
        assertTrue(printed.toString().matches(LINE), printed::toString);
    }
}
