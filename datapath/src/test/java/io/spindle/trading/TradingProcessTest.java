package io.spindle.trading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.capture.CaptureReader;
import io.spindle.capture.CapturedFrame;
import io.spindle.capture.CapturedFrame.Direction;
import io.spindle.client.ClientCommand;
import io.spindle.loop.LoopCounter;
import io.spindle.loop.LoopCounters;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/** The real process on a kernel socket, with the real client; killed and started again. */
@Timeout(120)
class TradingProcessTest {
    private static final String KEY = "000102030405060708090A0B0C0D0E0F";

    @TempDir Path path;

    private LiveTrading live;

    @BeforeEach
    void choosePorts() throws IOException {
        live = new LiveTrading(path);
    }

    @AfterEach
    void cleanUp() {
        live.close();
    }

    private String client(final String... arguments) {
        final StringWriter out = new StringWriter();
        final CommandLine line = new CommandLine(new ClientCommand());
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(out, true));
        final String[] all = new String[arguments.length + 2];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        all[arguments.length] = "--port-base";
        all[arguments.length + 1] = Integer.toString(live.ports.base());
        final int code = line.execute(all);
        return out + "exit " + code;
    }

    @Test
    void shouldTradeByHandAndRememberEverythingOverARestart() throws Exception {
        live.start(new Bootstrap.Sample());
        final String resting = client("place", "buy", "100", "SPDL", "10.00");
        assertTrue(resting.contains("accepted   order 1: buy 100 SPDL at 10.0000"), resting);
        assertTrue(resting.contains("in the book: 100 left"), resting);
        assertTrue(resting.endsWith("exit 0"), resting);

        live.stop();
        live.start(new Bootstrap.Sample());
        assertTrue(
                live.lines.stream().anyMatch(line -> line.contains("from the ring")),
                live.lines::toString);

        final String taking = client("place", "sell", "60", "SPDL", "10", "--session", "TEST01");
        assertTrue(taking.contains("executed   order 1: 60 at 10.0000, match 1"), taking);
        assertTrue(taking.contains("filled."), taking);

        final String cancel = client("cancel", "1");
        assertTrue(cancel.contains("canceled   order 1: 40 less, reason U"), cancel);
        final String again = client("cancel", "1");
        assertTrue(
                again.contains("not canceled: order 1: the order of this number is done"), again);

        final String watched = client("watch", "--seconds", "1");
        assertTrue(watched.contains("accepted   order 1"), watched);
        assertTrue(watched.contains("executed   order 1: 60 at 10.0000"), watched);
        live.stop();
        assertEquals(
                LoopCounter.STATE_STOPPING,
                LoopCounters.read(live.folder.counters())
                        .getCounterValue(LoopCounter.STATE.ordinal()));
    }

    /** Those that only people and late reports use as well: no answer waits for a page. */
    @Test
    void shouldHaveEveryRingInMemoryOnceItIsOpen() throws Exception {
        live.start(new Bootstrap.Sample());
        for (final Path ring :
                List.of(
                        live.folder.logRing(),
                        live.folder.controlRing(),
                        live.folder.answerRing(),
                        live.folder.refillRequestRing(),
                        live.folder.refillPacketRing())) {
            assertEquals(Files.size(ring) >> 10, residentKib(ring), ring.toString());
        }
    }

    /** Of the mapping of this file that has most pages. */
    private static long residentKib(final Path file) throws IOException {
        long most = 0;
        boolean isOf = false;
        for (final String line : Files.readAllLines(Path.of("/proc/self/smaps"))) {
            if (line.matches("[0-9a-f]+-[0-9a-f]+ .*")) {
                isOf = line.endsWith(file.toString());
            } else if (isOf && line.startsWith("Rss:")) {
                most = Math.max(most, Long.parseLong(line.replaceAll("\\D", "")));
            }
        }
        return most;
    }

    @Test
    void shouldCaptureWhatItReceivesAndSendsAndDescribeItsQueue() throws Exception {
        live.start(new Bootstrap.Sample());
        client("place", "buy", "1", "SPDL", "10.00");
        final Properties nic = new Properties();
        try (Reader file = Files.newBufferedReader(live.folder.nic())) {
            nic.load(file);
        }
        assertEquals("socket", nic.getProperty("backend"));
        assertEquals(Integer.toString(live.ports.orderEntry()), nic.getProperty("port"));
        assertFalse(nic.getProperty("reason").isEmpty());
        live.stop();
        final List<CapturedFrame> frames =
                CaptureReader.read(live.folder.path().resolve("frames.pcapng"));
        for (final Direction direction : List.of(Direction.RECEIVED, Direction.SENT)) {
            assertTrue(
                    frames.stream().anyMatch(frame -> frame.direction() == direction),
                    direction + " in " + frames.size());
        }
    }

    @Test
    void shouldRejectInPlainWords() throws Exception {
        live.start(new Bootstrap.Sample());
        final String tick = client("place", "buy", "1", "SPDL", "10.001");
        assertTrue(tick.contains("rejected   order 1: invalid price (0x001D)"), tick);
        assertTrue(tick.endsWith("exit 1"), tick);
        assertTrue(
                client("place", "hold", "1", "SPDL", "1").contains("SIDE is buy, sell or short"));
        assertTrue(client("place", "buy", "1", "SPDL", "x").contains("PRICE is a decimal"));
        final String wrong = client("place", "buy", "1", "SPDL", "1", "--password", "guess");
        assertTrue(wrong.contains("login refused"), wrong);
    }

    @Test
    void shouldStartEmptyWhenAskedTo() throws Exception {
        live.start(new Bootstrap.None());
        assertTrue(client("watch", "--seconds", "1").contains("login refused"));
    }

    @Test
    void shouldBeginWithTheFilesOfAFolder() throws Exception {
        final Path files = Files.createDirectory(path.resolve("market"));
        Files.writeString(
                files.resolve("instruments.csv"),
                "symbol,currency,tick,lot,min,max,maxPrice,decimals\n"
                        + "# one\nGOLD,EUR,0.0100,1,1,1000,9999.9900,4\n");
        Files.writeString(files.resolve("accounts.csv"), "account,firm,short\nACC,FIRM,true\n");
        Files.writeString(
                files.resolve("sessions.csv"),
                "s,p,f,a,o\nMYSESS,secret,FIRM,ACC,false\nMYKEY,"
                        + KEY
                        + ",FIRM,ACC,cancel+keep+token\n");
        Files.writeString(
                files.resolve("balances.csv"), "account,what,amount\nACC,EUR,5000\nACC,GOLD,10\n");
        live.start(Bootstrap.parse(files.toString()));
        final String placed =
                client(
                        "place",
                        "buy",
                        "3",
                        "GOLD",
                        "12.34",
                        "--session",
                        "MYSESS",
                        "--password",
                        "secret");
        assertTrue(placed.contains("accepted   order 1: buy 3 GOLD at 12.3400"), placed);
        final String sold =
                client("place", "sell", "3", "GOLD", "12.34", "--session", "MYKEY", "--key", KEY);
        assertTrue(sold.contains("executed   order 1: 3 at 12.3400"), sold);
    }

    @Test
    void shouldNotOpenTheSampleMarketToANetwork() {
        try (TradingProcess process =
                new TradingProcess(
                        live.config("0.0.0.0", new Bootstrap.Sample()), live.lines::add)) {
            assertTrue(
                    assertThrows(IllegalStateException.class, process::start)
                            .getMessage()
                            .contains("loopback"));
        }
    }

    @Test
    void shouldExplainABadBootstrap() {
        assertThrows(IllegalArgumentException.class, () -> Bootstrap.parse("/no/such/folder"));
        assertEquals(new Bootstrap.None(), Bootstrap.parse("none"));
        assertEquals(new Bootstrap.Sample(), Bootstrap.parse(null));
    }
}
