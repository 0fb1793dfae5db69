package io.spindle.mgmt.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import io.spindle.log.DataFolder;
import io.spindle.mgmt.testing.Call;

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
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Runs the operator's page from top to bottom in a shell, on a fresh folder and ports that were
 * free. What is started by {@code run} is awaited until it is ready.
 */
@Tag("campaign")
@Timeout(1800)
class OperationsStoryTest {
    private static final Path GUIDE =
            Path.of(System.getProperty("spindle.root", "..")).resolve("docs/operations.md");
    private static final int TIMED_OUT = 28;

    private static final Pattern ASSIGNMENT = Pattern.compile("[A-Z]+=.*");

    /** The digest that a whole replay comes to, of more than nothing. */
    private static final Pattern VERIFIED = Pattern.compile("digest \\w{16} at sequence [1-9]");

    @TempDir private Path home;
    private final List<Process> appliances = new ArrayList<>();
    private final List<String> ran = new ArrayList<>();

    /** What the page has set so far; each command has a shell of its own. */
    private final StringBuilder variables = new StringBuilder();

    /** Orders and balances when the appliance was stopped last; null before it ever was. */
    private List<JsonNode> kept;

    private int restarts;
    private int api;
    private int otherApi;
    private int ports;

    @BeforeEach
    void prepare() throws IOException {
        api = freePort();
        otherApi = freePort();
        ports = freePorts();
        Files.createFile(home.resolve("appliance.txt"));
        final Path launcher = home.resolve("spindle");
        Files.writeString(
                launcher,
                "#!/bin/bash\nexec "
                        + Path.of(System.getProperty("java.home"), "bin", "java")
                        + " "
                        + System.getProperty("spindle.jvm.flags", "")
                        + " -XX:+UseSerialGC -XX:TieredStopAtLevel=1"
                        + " -D"
                        + ChildJvm.EXTRA_ARGUMENTS
                        + "=-XX:TieredStopAtLevel=1 -cp '"
                        + System.getProperty("java.class.path")
                        + "' io.spindle.mgmt.cli.SpindleMain \"$@\"\n");
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwx------"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** A base below the range that the kernel gives out, and whose neighbours are free. */
    private static int freePorts() throws IOException {
        for (int base = 21_000 + (int) (ProcessHandle.current().pid() % 100) * 60; ; base += 60) {
            try (DatagramSocket first = new DatagramSocket(base);
                    DatagramSocket feed = new DatagramSocket(base + 20);
                    DatagramSocket other = new DatagramSocket(base + 30)) {
                assertTrue(first.isBound() && feed.isBound() && other.isBound());
                return base;
            } catch (final BindException taken) {
                assertTrue(base < 31_000, "no free ports");
            }
        }
    }

    @AfterEach
    void end() throws Exception {
        for (final String folder : List.of("data", "other")) {
            shell("./spindle stop --data " + folder + " || true");
            remove(new DataFolder(home.resolve(folder)).sharedMemory());
        }
        for (final Process appliance : appliances) {
            appliance.destroy();
            appliance.waitFor(30, TimeUnit.SECONDS);
        }
    }

    private static void remove(final Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (var files = Files.walk(folder)) {
                for (final Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /** Eight processes run at once: they have small tables. */
    private void makeFolders() throws IOException {
        for (final String folder : List.of("data", "other")) {
            Files.createDirectories(home.resolve(folder));
            Files.writeString(
                    home.resolve(folder).resolve("capacities"),
                    "maxOrders 16384\nmaxHoldings 4096\nmaxCash 4096\nmaxInstruments 64\n");
        }
    }

    @Test
    void shouldRunEveryCommandOfThePage() throws Exception {
        makeFolders();
        for (final String line : Files.readAllLines(GUIDE)) {
            if (line.startsWith("    ") && !line.isBlank()) {
                run(line.strip());
            }
        }
        assertTrue(ran.size() > 40, ran.toString());
        assertEquals(2, restarts, "restored and upgraded");
        assertFalse(kept.getFirst().isEmpty(), "no order was kept");
        assertTrue(kept.getLast().findValuesAsText("account").contains("ACME-1"), kept.toString());
    }

    private void run(final String command) throws Exception {
        ran.add(command);
        if (ASSIGNMENT.matcher(command).matches()) {
            final String name = command.substring(0, command.indexOf('='));
            final int set =
                    shell(adapt(command) + "\ntest -n \"$" + name + "\" && echo \"$" + name + "\"");
            assertEquals(0, set, command + output());
            variables.append("%s='%s'%n".formatted(name, output("output.txt").strip()));
            return;
        }
        if (command.startsWith("./spindle run")) {
            launch(command);
            if (!command.contains("--port-base") && kept != null) {
                assertKept();
            }
            return;
        }
        if (command.equals("./spindle stop --data data")) {
            kept = books();
        }
        final int status = shell(adapt(command));
        final boolean endless = command.contains("curl -N");
        assertTrue(
                status == 0 || endless && status == TIMED_OUT,
                command + " ended with " + status + ":\n" + output());
        if (command.startsWith("./spindle log verify")) {
            assertTrue(VERIFIED.matcher(output("output.txt")).find(), output());
        }
    }

    /** What the appliance was stopped with is there again, once the replica has read the log. */
    private void assertKept() throws Exception {
        final long endNs = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (!kept.equals(books()) && System.nanoTime() - endNs < 0) {
            TimeUnit.MILLISECONDS.sleep(200);
        }
        assertEquals(kept, books());
        restarts++;
    }

    /** Every order that was told of, and what everybody has. */
    private List<JsonNode> books() throws IOException {
        final Call admin =
                new Call(api).as(Files.readString(home.resolve("data/admin.key")).strip());
        final JsonNode orders = admin.get("/v1/orders").json().path("items");
        final JsonNode balances = admin.get("/v1/balances").json().path("items");
        return List.of(orders, balances);
    }

    /** The page's addresses are its own; ours are what was free. */
    private String adapt(final String command) {
        return command.replace("127.0.0.1:8080", "127.0.0.1:" + api)
                .replace("127.0.0.1:8090", "127.0.0.1:" + otherApi)
                .replace("--port-base 27400", "--port-base " + (ports + 30))
                .replace("curl -N ", "curl --max-time 3 -N ")
                .replaceFirst("^curl ", "curl -sS --fail-with-body ")
                .replaceFirst("^(./spindle client place .*)$", "$1 --port-base " + ports);
    }

    private void launch(final String command) throws Exception {
        final boolean other = command.contains("--port-base");
        final String all =
                adapt(command) + (other ? "" : " --port-base " + ports + " --api 127.0.0.1:" + api);
        appliances.add(
                new ProcessBuilder("bash", "-c", "exec " + all)
                        .directory(home.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(
                                ProcessBuilder.Redirect.appendTo(
                                        home.resolve("appliance.txt").toFile()))
                        .start());
        final String ready =
                "for i in $(seq 600); do curl -s -o /dev/null http://127.0.0.1:"
                        + (other ? otherApi : api)
                        + "/livez && exit 0; sleep 0.2; done; exit 1";
        assertEquals(0, shell(ready), Files.readString(home.resolve("appliance.txt")));
        final String open =
                "for i in $(seq 600); do curl -s http://127.0.0.1:"
                        + (other ? otherApi : api)
                        + "/readyz | grep -q '\"order port\",\"ok\":true' && exit 0; sleep 0.2;"
                        + " done; exit 1";
        assertEquals(0, shell(open), Files.readString(home.resolve("appliance.txt")));
    }

    private int shell(final String command) throws Exception {
        final Process process =
                new ProcessBuilder("bash", "-c", variables + command)
                        .directory(home.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(home.resolve("output.txt").toFile())
                        .start();
        if (!process.waitFor(5, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            return -1;
        }
        return process.exitValue();
    }

    private String output() throws IOException {
        return output("output.txt") + output("appliance.txt");
    }

    private String output(final String file) throws IOException {
        return Files.readString(home.resolve(file));
    }
}
