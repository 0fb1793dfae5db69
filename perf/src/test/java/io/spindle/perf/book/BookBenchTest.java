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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

class BookBenchTest {
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
        assertTrue(
                line.matches(
                        "ns_per_cmd=[0-9.]+ trades=\\d+ tradedQty=\\d+ notional=\\d+ resting=\\d+"
                                + " restingQty=\\d+ p50=.*over20us=\\d+\\s*"),
                line);
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
        final PrintStream before = System.out;
        final ByteArrayOutputStream output = new ByteArrayOutputStream();
        System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
        try {
            final String[] words =
                    Stream.of(arguments).map(Object::toString).toArray(String[]::new);
            assertEquals(0, new CommandLine(new BenchCommand()).execute(words));
        } finally {
            System.setOut(before);
        }
        return output.toString(StandardCharsets.UTF_8);
    }
}
