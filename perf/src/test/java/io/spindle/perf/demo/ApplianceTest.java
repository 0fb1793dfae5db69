package io.spindle.perf.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import io.spindle.client.ClientCommand;
import io.spindle.client.FeedBook;
import io.spindle.client.FeedWire;
import io.spindle.feed.JunctureBook;
import io.spindle.journal.LoggedQuantity;
import io.spindle.log.DataFolder;
import io.spindle.log.SmallTables;
import io.spindle.net.Ports;
import io.spindle.oms.Ascii;
import io.spindle.perf.FlowData;
import io.spindle.perf.ReplayCommand;
import io.spindle.perf.load.FreePorts;
import io.spindle.perf.load.LoadProfile;
import io.spindle.perf.load.LoadResult;
import io.spindle.perf.load.LoadRig;
import io.spindle.recovery.Verification;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A whole appliance, its four processes and all, as its users meet it: over UDP and HTTP. */
@Timeout(600)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ApplianceTest {
    private static final int MESSAGES = 4_000;
    private static final Duration PATIENCE = Duration.ofSeconds(180);

    @TempDir private static Path folder;

    private static Appliance appliance;
    private static Ports ports;
    private static boolean open;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        final int portBase = FreePorts.base();
        ports = new Ports(portBase);
        SmallTables.in(new DataFolder(folder));
        appliance =
                new Appliance(
                        new Appliance.Options(
                                folder,
                                portBase,
                                "127.0.0.1:" + FreePorts.api(),
                                List.of(),
                                List.of("--max-wait-ms", "60000"))); // its cores are shared
        appliance.awaitOpen();
        open = true;
    }

    /** And at its end the log, read where it lies, must hold together. */
    @AfterAll
    static void stop() throws IOException {
        appliance.close();
        if (open) {
            final Verification verification = Verification.of(appliance.folder());
            assertTrue(verification.failure().isEmpty(), () -> verification.lines().toString());
        }
    }

    /** Mappings that asked for large pages are the engine's tables, and nobody else's. */
    private static List<Mapping> tables(final String process) throws IOException {
        final String pid = Files.readString(appliance.folder().pid(process)).strip();
        return Mapping.of(Files.readAllLines(Path.of("/proc", pid, "smaps"))).stream()
                .filter(Mapping::isLarge)
                .toList();
    }

    @Test
    @Order(1)
    void shouldHaveEveryTableInMemoryWhereOrdersTradeAndNowhereElse() throws IOException {
        final List<Mapping> trading = tables("trading");
        assertFalse(trading.isEmpty());
        trading.forEach(table -> assertEquals(table.sizeKib(), table.residentKib()));
        assertEquals(List.of(), tables("feed"));
        assertEquals(List.of(), tables("mgmt"));
    }

    @Test
    @Order(1)
    void shouldLetPeopleWaitForTheFeedAndTheFeedForTheRecording() throws IOException {
        final int media = niceness("media");
        assertEquals(media, niceness("trading"));
        assertEquals(Math.min(19, media + 2), niceness("feed"));
        assertEquals(Math.min(19, media + 5), niceness("mgmt"));
        if (Files.exists(Path.of("/proc/self/autogroup"))) {
            assertTrue(session("feed").endsWith(" nice 2"), session("feed"));
            assertTrue(session("mgmt").endsWith(" nice 5"), session("mgmt"));
        } else {
            System.out.println("not looked at: this kernel does not share cores by session");
        }
    }

    private static String session(final String process) throws IOException {
        final String pid = Files.readString(appliance.folder().pid(process)).strip();
        return Files.readString(Path.of("/proc", pid, "autogroup")).strip();
    }

    private static int niceness(final String process) throws IOException {
        final String pid = Files.readString(appliance.folder().pid(process)).strip();
        final String stat = Files.readString(Path.of("/proc", pid, "stat"));
        return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[16]);
    }

    /** A part of a process's address space, by the lines of {@code smaps}. */
    private record Mapping(long sizeKib, long residentKib, boolean isLarge) {
        static List<Mapping> of(final List<String> lines) {
            final List<Mapping> mappings = new ArrayList<>();
            long size = 0;
            long resident = 0;
            for (final String line : lines) {
                if (line.startsWith("Size:")) {
                    size = Long.parseLong(line.replaceAll("\\D", ""));
                } else if (line.startsWith("Rss:")) {
                    resident = Long.parseLong(line.replaceAll("\\D", ""));
                } else if (line.startsWith("VmFlags:")) {
                    mappings.add(new Mapping(size, resident, line.contains(" hg")));
                }
            }
            return mappings;
        }
    }

    /** Leaves orders in the book, so it comes behind those that need an empty one. */
    @Test
    @Order(2)
    void shouldPlayAMarketInWhichNothingIsLostAndEveryReplicaAgrees() throws Exception {
        final StringWriter output = new StringWriter();
        final List<String> faults =
                new DemoMarket(appliance, new PrintWriter(output, true)).run(MESSAGES, 7);
        assertEquals(List.of(), faults, output::toString);
        assertTrue(output.toString().contains("digest equal"), output::toString);
    }

    @ParameterizedTest
    @Order(1)
    @EnumSource(LoadProfile.class)
    void shouldAnswerEveryMessageOfALoad(final LoadProfile profile) throws IOException {
        try (LoadRig rig = new LoadRig(appliance.orderEntry(), profile, 2)) {
            final LoadResult result = rig.run(400, Duration.ofSeconds(1), Duration.ofSeconds(2));
            assertEquals(0, result.unanswered(), result::row);
            assertEquals(0, result.refused(), result::row);
            assertTrue(result.total().getTotalCount() >= 800, result::row);
        }
    }

    /** Row by row, queue by queue, what a real venue did; takes its orders away at the end. */
    @Test
    @Order(1)
    void shouldReproduceARealVenueOverTheWire() {
        final String stem = "lobster/AAPL_2012-06-21_34200000_57600000_";
        final StringWriter output = new StringWriter();
        final int exit =
                new CommandLine(new ReplayCommand())
                        .setOut(new PrintWriter(output, true))
                        .execute(
                                "lobster",
                                FlowData.file(stem + "message_10.csv").toString(),
                                FlowData.file(stem + "orderbook_10.csv").toString(),
                                "--wire",
                                "--symbol=ROTR",
                                "--session=TEST50",
                                "--pace=40",
                                "--port-base=" + ports.orderEntry());
        assertEquals(0, exit, output::toString);
        final String expected =
                "rows=998 top1=100.00% top5=100.00% top10=100.00% named=100.00% (98/98)";
        assertTrue(output.toString().contains(expected), output::toString);
    }

    /** nassau, juncture and our own client rebuild from the wire what the API shows. */
    @Test
    @Order(3)
    void shouldShowOverRestTheBooksThatIndependentReceiversBuild() throws Exception {
        final InetAddress loopback = InetAddress.getByName("127.0.0.1");
        final FeedBook own = new FeedBook();
        try (NassauReceiver nassau = new NassauReceiver(ports);
                FeedWire feed = new FeedWire("127.0.0.1", ports, loopback, own)) {
            final long endNs = System.nanoTime() + PATIENCE.toNanos();
            while (!nassau.isInStep() || !feed.receiver().isCaughtUp()) {
                nassau.poll();
                if (feed.poll(System.nanoTime()) == 0) {
                    Thread.sleep(1);
                }
                assertTrue(System.nanoTime() - endNs < 0, "the feed was not heard in full");
            }
            assertTrue(nassau.book().orders() > 50, () -> "orders " + nassau.book().orders());
            for (final String symbol : List.of("SPDL", "ROTR", "WEFT", "WARP")) {
                final String shown = restBook(symbol);
                assertEquals(shown, nassau.book().text(Ascii.pack(symbol)), symbol);
                assertEquals(shown, text(own, symbol), symbol);
            }
        }
    }

    /** The first page's way to look at a book. */
    @Test
    @Order(3)
    void shouldShowABookOffTheFeedToAPerson() throws Exception {
        final StringWriter output = new StringWriter();
        final int exit =
                new CommandLine(new ClientCommand())
                        .setOut(new PrintWriter(output, true))
                        .execute("book", "SPDL", "--port-base=" + ports.orderEntry());
        assertEquals(0, exit, output::toString);
        final JsonNode best = appliance.rest().get("/v1/book/SPDL?levels=1").at("/bids/0");
        final String line =
                "%10s  %12s |".formatted(best.get("quantity").asText(), best.get("price").asText());
        assertTrue(output.toString().contains(line), output::toString);
    }

    /** One line a level, as {@link JunctureBook#text}. */
    private static String restBook(final String symbol) throws Exception {
        final JsonNode book = appliance.rest().get("/v1/book/" + symbol + "?levels=1000");
        final StringBuilder text = new StringBuilder();
        for (final char side : new char[] {'B', 'S'}) {
            book.path(side == 'B' ? "bids" : "asks")
                    .forEach(
                            level ->
                                    JunctureBook.line(
                                            text,
                                            side,
                                            wirePrice(level.path("price").asText()),
                                            level.path("quantity").asLong(),
                                            level.path("orders").asLong()));
        }
        return text.toString();
    }

    private static long wirePrice(final String decimal) {
        return new BigDecimal(decimal).movePointRight(4).longValueExact();
    }

    private static String text(final FeedBook book, final String symbol) {
        final StringBuilder text = new StringBuilder();
        for (final char side : new char[] {'B', 'S'}) {
            book.visitLevels(
                    Ascii.pack(symbol),
                    side,
                    (price, shares, orders) -> {
                        JunctureBook.line(text, side, price, shares, orders);
                        return true;
                    });
        }
        return text.toString();
    }

    /** The demo's own digest check and {@code log verify}, on a copy with one lot more in it. */
    @Test
    @Order(4)
    void shouldRefuseALogInWhichOneQuantityWasChanged() throws Exception {
        final DataFolder original = appliance.folder();
        assertTrue(new DigestCheck(original).compare(PATIENCE).areEqual(), "recorded to its end");
        final DataFolder copy = SmallTables.in(new DataFolder(folder.resolve("copy")));
        Files.createDirectories(copy.counters().getParent());
        Files.copy(original.counters(), copy.counters());
        copyFolder(original.archive(), copy.archive());
        try {
            assertTrue(new DigestCheck(copy).compare(PATIENCE).areEqual());
            assertTrue(Verification.of(copy).failure().isEmpty());

            LoggedQuantity.flip(copy.archive(), true);
            final DigestCheck.Digests digests = new DigestCheck(copy).compare(PATIENCE);
            assertFalse(digests.areEqual(), digests::toString);
            assertTrue(digests.replicaSequence() >= digests.tradingSequence(), digests::toString);
            assertTrue(digests.toString().contains("DIFFERENT"), digests::toString);
            assertTrue(Verification.of(copy).failure().isPresent());
        } finally {
            Files.delete(copy.counters());
            Files.delete(copy.counters().getParent());
        }
    }

    private static void copyFolder(final Path from, final Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (final Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }
}
