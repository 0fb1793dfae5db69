package io.spindle.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.spindle.certify.CertifyCommand;
import io.spindle.journal.MediaThread;
import io.spindle.log.AckLevel;
import io.spindle.log.SmallTables;
import io.spindle.oms.NoEvents;
import io.spindle.replica.Replica;
import io.spindle.trading.LiveTrading;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** The feed clients in C and Python, and the certification of a client, beside a live appliance. */
@Timeout(300)
class LiveFeedClientsTest {
    private static final Path ROOT = Path.of(System.getProperty("spindle.root", ".."));
    private static final int ORDERS = 2_000;
    private static final int RESTING = 5;
    private static final String FOLLOW_S = "3";

    @TempDir Path path;

    private final AtomicBoolean serving = new AtomicBoolean(true);
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
            while (!trader.isSettled(ORDERS)) {
                trader.turn(ORDERS);
            }
            trader.hush();
            for (int level = 1; level <= RESTING; level++) {
                trader.rest('B', level);
                trader.rest('S', level);
            }
            while (trader.desk.unanswered() > 0) {
                trader.turn(ORDERS);
            }
        }
    }

    private String engineBook() throws IOException {
        final NoEvents nothing = new NoEvents();
        try (Replica replica =
                new Replica(live.folder, SmallTables.CONFIG, nothing, nothing, nothing)) {
            final long startNs = System.nanoTime();
            while (System.nanoTime() - startNs < 1_000_000_000L) {
                replica.poll(8);
            }
            return EngineBook.text(replica.engine(), "SPDL");
        }
    }

    private static String[] run(final String... command) throws Exception {
        final Process process = new ProcessBuilder(command).start();
        final CompletableFuture<String> errors =
                CompletableFuture.supplyAsync(() -> text(process.getErrorStream()));
        final String output = text(process.getInputStream());
        assertEquals(0, process.waitFor(), errors::join);
        return new String[] {output, errors.join()};
    }

    private static String text(final InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes());
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isThere(final String tool) {
        try {
            return new ProcessBuilder(tool, "--version").start().waitFor() == 0;
        } catch (final IOException | InterruptedException absent) {
            return false;
        }
    }

    @Test
    void shouldBuildTheBookInCAndPythonThroughLoss() throws Exception {
        assumeTrue(isThere("cc") && isThere("python3"), "no C compiler or no python3");
        trade();
        final String expected = engineBook();
        assertTrue(!expected.isEmpty(), "nothing rests");

        final String binary = path.resolve("spindle_client").toString();
        final String source = ROOT.resolve("datapath/clients/c/spindle_client.c").toString();
        run("cc", "-std=c11", "-Wall", "-Wextra", "-Werror", "-O2", "-o", binary, source);
        final String port = Integer.toString(live.ports.base());
        final String[] inC = run(binary, "-p", port, "-l", "3", "book", "SPDL", FOLLOW_S);
        assertEquals(expected, inC[0], inC[1]);

        final String python = ROOT.resolve("clients/python/spindle_feed.py").toString();
        final String[] inPython =
                run(
                        "python3",
                        python,
                        "--line",
                        "239.192.64.1:" + live.ports.lineA(),
                        "--rerequest",
                        "127.0.0.1:" + live.ports.rerequest(),
                        "--seconds",
                        FOLLOW_S);
        assertEquals("SPDL\n" + expected + "ROTR\n", inPython[0], inPython[1]);
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
            while (!trader.isSettled(ORDERS / 10)) {
                trader.turn(ORDERS / 10);
            }
        }
        assertEquals(0, verdict.join(), out::toString);
        final List<String> lines = out.toString().lines().toList();
        assertEquals("CERTIFIED: client of TEST00, 9 of 9 checks", lines.getLast());
    }
}
