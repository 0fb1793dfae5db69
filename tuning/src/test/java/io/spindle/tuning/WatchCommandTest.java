package io.spindle.tuning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.tuning.cli.TuneCommand;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/** `tune watch` beside an appliance whose loop is thread 7 of process 7 of a made-up machine. */
class WatchCommandTest {
    private static final long PAUSE_NS = 20_000_000;
    private static final Pattern JOINED =
            Pattern.compile(
                    "\\d  order \\d+ stayed 6\\d\\d\\.\\d µs, longest of \\d+: 500\\.0 µs waiting,"
                            + " 100\\.0 µs in the loop, 50\\.0 µs sending; that second: interrupt:"
                            + " irq 24 eth0-rx \\(\\+\\d+\\)");

    @TempDir Path folder;
    private final StringWriter out = new StringWriter();

    @BeforeEach
    void startTheAppliance() throws IOException {
        write("data/run/trading.pid", "7\n");
        write("proc/7/task/7/comm", "trading\n");
        write("proc/9/task/9/comm", "cron\n");
        write("proc/vmstat", "thp_collapse_alloc 0\n");
        interrupts(0);
    }

    private void write(final String path, final String text) throws IOException {
        final Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        final Path fresh = file.resolveSibling("fresh");
        Files.writeString(fresh, text);
        Files.move(
                fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void interrupts(final long count) throws IOException {
        write(
                "proc/interrupts",
                "     CPU0  CPU1\n 24:  0  %d  PCI-MSI 1-edge eth0-rx\n".formatted(count));
    }

    private void commandLine(final String... options) throws IOException {
        write(
                "proc/7/cmdline",
                "java\0-cp\0x.jar\0io.spindle.Main\0trading\0" + String.join("\0", options) + "\0");
    }

    private int watch(final String thread, final String seconds) {
        return new CommandLine(new TuneCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(out))
                .execute(
                        "watch",
                        "--root",
                        folder.toString(),
                        "--cpu",
                        "1",
                        "--thread",
                        thread,
                        "--data",
                        folder.resolve("data").toString(),
                        "--seconds",
                        seconds);
    }

    @Test
    void shouldPutTheLongestStayBesideWhatMoved() throws Exception {
        final Path attested = Files.createDirectory(folder.resolve("attested"));
        commandLine("--data", "x", "--attest", attested.toString());
        final AtomicBoolean stop = new AtomicBoolean();
        final Thread loop =
                Thread.ofPlatform().start(() -> trade(attested.resolve("1.attest"), stop));
        final int code = watch("7/7", "2");
        stop.set(true);
        loop.join();
        assertEquals(2, code, out::toString);
        assertTrue(out.toString().contains("beside the orders of " + attested), out::toString);
        assertTrue(JOINED.matcher(out.toString()).find(), out::toString);
    }

    /** An order that stays 650 µs, and an interrupt, again and again. */
    private void trade(final Path file, final AtomicBoolean stop) {
        for (long sequence = 1; !stop.get(); sequence++) {
            final Instant now = Instant.now();
            final long sentNs = now.getEpochSecond() * 1_000_000_000 + now.getNano();
            try {
                interrupts(sequence);
                Files.writeString(
                        file,
                        "order %d %d %d %d %d\nseal 1 0 synchronised 1 chain signature\n"
                                .formatted(
                                        sequence,
                                        sentNs - 650_000,
                                        sentNs - 150_000,
                                        sentNs - 50_000,
                                        sentNs),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
            } catch (final IOException failure) {
                throw new UncheckedIOException(failure);
            }
            LockSupport.parkNanos(PAUSE_NS);
        }
    }

    @Test
    void shouldFindTheFolderOfTheOrdersHoweverItWasGiven() throws IOException {
        final Path attested = Files.createDirectories(folder.resolve("proc/7/cwd/mine"));
        commandLine("--attest=mine");
        assertEquals(0, watch("7/7", "0"), out::toString);
        assertTrue(out.toString().contains("beside the orders of " + attested), out::toString);
    }

    @Test
    void shouldSayWhyThereAreNoOrders() throws IOException {
        commandLine("--timestamps");
        assertEquals(0, watch("7/7", "0"), out::toString);
        shouldSay("attests no orders: start it with --attest DIR");

        commandLine("--attest", folder.toString());
        assertEquals(0, watch("9/9", "0"), out::toString);
        shouldSay("the core's owner is none of the threads of the trading process");

        write("proc/7/cmdline", "bash\0");
        assertEquals(0, watch("7/7", "0"), out::toString);
        shouldSay("no trading process runs on " + folder.resolve("data"));
        assertEquals(1, watch("7/8", "0"), out::toString);
        shouldSay("no such thread: /proc/7/task/8");
    }

    private void shouldSay(final String text) {
        assertTrue(out.toString().contains(text), out::toString);
    }
}
