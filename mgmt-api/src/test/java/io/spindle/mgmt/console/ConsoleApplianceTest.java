package io.spindle.mgmt.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.log.DataFolder;
import io.spindle.mgmt.cli.ChildJvm;
import io.spindle.mgmt.cli.SpindleMain;
import io.spindle.mgmt.testing.Browser;
import io.spindle.mgmt.testing.Call;
import io.spindle.mgmt.testing.Tools;

import org.agrona.IoUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The console of a whole appliance in processes of its own, and a member that trades with it over
 * UDP.
 */
@Tag("campaign")
@Timeout(900)
class ConsoleApplianceTest {
    /** It lives for seconds. */
    private static final String QUICK = "-XX:TieredStopAtLevel=1";

    private static final long OPENING_NS = TimeUnit.MINUTES.toNanos(5);
    private static final int STOP_SECONDS = 120;

    @TempDir private Path home;
    private Browser browser;
    private DataFolder folder;
    private Process supervisor;
    private int api;
    private int ports;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        browser = Tools.require(Browser.start(), "Chromium is not installed");
        api = freePort();
        ports = freePorts();
        final Path data = Files.createDirectories(home.resolve("data"));
        folder = new DataFolder(data);
        Files.writeString(
                data.resolve("capacities"),
                "maxOrders 16384\nmaxHoldings 4096\nmaxCash 4096\nmaxInstruments 64\n");
        supervisor = run(data);
        final long endNs = System.nanoTime() + OPENING_NS;
        while (!isOpen()) {
            assertTrue(supervisor.isAlive() && endNs - System.nanoTime() > 0, this::said);
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    private Process run(final Path data) throws IOException {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(System.getProperty("spindle.jvm.flags").strip().split("\\s+")));
        command.addAll(List.of(QUICK, "-XX:+UseSerialGC"));
        command.add("-D" + ChildJvm.EXTRA_ARGUMENTS + "=" + QUICK);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(SpindleMain.class.getName(), "run", "--backend", "socket"));
        command.addAll(List.of("--data", data.toString(), "--port-base", "" + ports));
        command.addAll(List.of("--api", "127.0.0.1:" + api));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("appliance.txt").toFile())
                .start();
    }

    private String said() {
        try {
            return Files.readString(home.resolve("appliance.txt"));
        } catch (final IOException nothing) {
            return nothing.toString();
        }
    }

    private boolean isOpen() {
        try {
            return new Call(api).get("/readyz").status() == 200;
        } catch (final AssertionError notYet) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** A base below the range that the kernel gives out. */
    private static int freePorts() throws IOException {
        for (int base = 21_000 + (int) (ProcessHandle.current().pid() % 100) * 60; ; base += 60) {
            try (DatagramSocket first = new DatagramSocket(base);
                    DatagramSocket feed = new DatagramSocket(base + 20)) {
                assertTrue(first.isBound() && feed.isBound());
                return base;
            } catch (final BindException taken) {
                assertTrue(base < 31_000, "no free ports");
            }
        }
    }

    @AfterEach
    void end() throws IOException, InterruptedException {
        if (browser != null) {
            browser.close();
        }
        if (supervisor != null) {
            supervisor.destroy();
            if (!supervisor.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                supervisor.destroyForcibly();
            }
            IoUtil.delete(folder.sharedMemory().toFile(), true);
        }
    }

    /** Sold at the console, bought on the wire, seen at the console. */
    @Test
    void shouldTradeWithAMemberOnTheWire() throws IOException {
        try (UdpTrader member = new UdpTrader("TEST50", ports)) {
            UdpTrader.await(member::isUp, "the member's login");
            browser.login(api, Files.readString(folder.adminKey()).strip());
            browser.press("s");
            browser.see("ticket-top", "ask nobody");
            browser.type("ticket-session", "TEST00");
            browser.type("ticket-quantity", "40");
            browser.type("ticket-price", "10.0000");
            browser.click("place");
            browser.see("ticket-result", "accepted");
            browser.see("book", "10.0000");
            assertTrue(member.isUp(), "all the while");
            member.buy("SPDL", 40, 10_0000);
            UdpTrader.await(() -> !member.executions().isEmpty(), "the Executed report");
            assertEquals(List.of(new UdpTrader.Execution(1, 40, 10_0000)), member.executions());
            browser.see("trades", "SPDL 10.0000 40 TEST00-");
            browser.see("trades", "TEST50-0-1");
            browser.seeNot("book", "10.0000");
        }
    }
}
