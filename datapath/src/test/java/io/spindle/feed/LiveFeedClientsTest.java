package io.spindle.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.certify.CertifyCommand;
import io.spindle.journal.MediaThread;
import io.spindle.log.AckLevel;
import io.spindle.log.RingFile;
import io.spindle.log.RingReader;
import io.spindle.log.SmallTables;
import io.spindle.oms.NoEvents;
import io.spindle.replica.Replica;
import io.spindle.testing.Await;
import io.spindle.testing.Needed;
import io.spindle.trading.LiveTrading;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** The feed clients in C and Python, and the certification of a client, beside a live appliance. */
@Timeout(300)
class LiveFeedClientsTest {
    private static final Path ROOT = Path.of(System.getProperty("spindle.root", ".."));
    private static final int ORDERS = 2_000;
    private static final int RESTING = 5;

    /** Long enough for the slowest machine to have told a client all there is. */
    private static final String FOLLOW_S = "15";

    private static final long PATIENCE_S = 120;

    @TempDir Path path;

    private final AtomicBoolean serving = new AtomicBoolean(true);
    private final List<Process> processes = new ArrayList<>();
    private LiveTrading live;
    private MediaThread media;
    private FeedNode node;
    private Thread feed;

    @BeforeEach
    void start() throws Exception {
        live = new LiveTrading(path.resolve("data"));
        live.startSample();
        media = new MediaThread(live.folder);
        node =
                new FeedNode(
                        live.folder,
                        SmallTables.CONFIG,
                        InetAddress.getLoopbackAddress(),
                        live.ports,
                        AckLevel.RING,
                        3);
        feed = new Thread(this::serve, "feed");
        feed.start();
    }

    private void serve() {
        try {
            while (serving.get()) {
                if (node.doWork(System.nanoTime()) == 0) {
                    LockSupport.parkNanos(100_000);
                }
            }
            node.close();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterEach
    void stop() throws Exception {
        processes.forEach(Process::destroyForcibly);
        serving.set(false);
        feed.join();
        media.close();
        live.close();
    }

    private InetSocketAddress orderEntry() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), live.ports.base());
    }

    /** Trades alone, with itself, and leaves some orders in the book. */
    private void trade() throws IOException {
        try (ImpairedTrader trader = new ImpairedTrader("TEST00", orderEntry(), 5, false)) {
            settle(trader, ORDERS);
            trader.hush();
            for (int level = 1; level <= RESTING; level++) {
                trader.rest('B', level);
                trader.rest('S', level);
            }
            Await.until(
                    () -> {
                        trader.turn(ORDERS);
                        return trader.desk.unanswered() == 0;
                    },
                    "answers to the orders that rest");
        }
    }

    private static void settle(final ImpairedTrader trader, final int orders) throws IOException {
        Await.until(
                () -> {
                    trader.turn(orders);
                    return trader.isSettled(orders);
                },
                "an answer to each of " + orders + " orders");
    }

    /** The book behind the last command of the log, now that nobody trades. */
    private String engineBook() throws IOException {
        final long last = lastSequence();
        final NoEvents nothing = new NoEvents();
        try (Replica replica =
                new Replica(live.folder, SmallTables.CONFIG, nothing, nothing, nothing)) {
            Await.until(
                    () -> {
                        replica.poll(8);
                        return replica.engine().sequence() >= last || replica.alarm().isPresent();
                    },
                    "sequence " + last + " of a replica");
            assertEquals(Optional.empty(), replica.alarm());
            return EngineBook.text(replica.engine(), "SPDL");
        }
    }

    private long lastSequence() throws IOException {
        try (RingFile file = RingFile.open(live.folder.logRing())) {
            final RingReader ring = file.reader();
            while (ring.poll((sequence, timeNs, buffer, offset, length) -> {}, 1_024) > 0) {}
            return ring.sequence();
        }
    }

    /** Starts a program whose words go to files of its name. */
    private Process run(final String... command) throws IOException {
        final String name = Path.of(command[0]).getFileName().toString();
        final Process process =
                new ProcessBuilder(command)
                        .redirectOutput(path.resolve(name + ".out").toFile())
                        .redirectError(path.resolve(name + ".err").toFile())
                        .start();
        processes.add(process);
        return process;
    }

    private void assertPrints(final String expected, final String name, final Process process)
            throws Exception {
        assertTrue(process.waitFor(PATIENCE_S, TimeUnit.SECONDS), () -> name + " hangs");
        final String complaint = Files.readString(path.resolve(name + ".err"));
        assertEquals(0, process.exitValue(), complaint);
        assertEquals(expected, Files.readString(path.resolve(name + ".out")), complaint);
    }

    @Test
    void shouldBuildTheBookInCAndPythonThroughLoss() throws Exception {
        Needed.programs("cc", "python3");
        trade();
        final String expected = engineBook();
        assertTrue(!expected.isEmpty(), "nothing rests");

        final String binary = path.resolve("spindle_client").toString();
        final String source = ROOT.resolve("datapath/clients/c/spindle_client.c").toString();
        final Process compiler =
                run("cc", "-std=c11", "-Wall", "-Wextra", "-Werror", "-O2", "-o", binary, source);
        assertPrints("", "cc", compiler);
        final String port = Integer.toString(live.ports.base());
        final Process inC = run(binary, "-p", port, "-l", "3", "book", "SPDL", FOLLOW_S);
        final String python = ROOT.resolve("clients/python/spindle_feed.py").toString();
        final Process inPython =
                run(
                        "python3",
                        python,
                        "--line",
                        "239.192.64.1:" + live.ports.lineA(),
                        "--rerequest",
                        "127.0.0.1:" + live.ports.rerequest(),
                        "--seconds",
                        FOLLOW_S);
        assertPrints(expected, "spindle_client", inC);
        assertPrints("SPDL\n" + expected + "ROTR\n", "python3", inPython);
    }

    @Test
    void shouldCertifyAClientByItsDropCopy() throws Exception {
        final StringWriter out = new StringWriter();
        final CommandLine certify = new CommandLine(new CertifyCommand());
        certify.setOut(new PrintWriter(out));
        final CompletableFuture<Integer> verdict =
                CompletableFuture.supplyAsync(
                        () ->
                                certify.execute(
                                        "--client",
                                        "--session",
                                        "TEST00",
                                        "--port-base",
                                        Integer.toString(live.ports.base())));
        while (!out.toString().contains("PASS  drop copy") && !verdict.isDone()) {
            Thread.sleep(10);
        }
        try (ImpairedTrader trader = new ImpairedTrader("TEST00", orderEntry(), 6, false)) {
            trader.desk.queryNextNumber(System.nanoTime());
            settle(trader, ORDERS / 10);
        }
        assertEquals(0, verdict.join(), out::toString);
        final List<String> lines = out.toString().lines().toList();
        assertEquals("CERTIFIED: client of TEST00, 9 of 9 checks", lines.getLast());
    }
}
