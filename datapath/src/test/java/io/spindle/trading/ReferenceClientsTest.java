package io.spindle.trading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.testing.Needed;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The clients in Python and C, written from the protocol pages, trade with a live process. */
@Timeout(300)
class ReferenceClientsTest {
    private static final Path CLIENTS =
            Path.of(System.getProperty("spindle.root", ".."), "datapath", "clients");

    @TempDir Path path;

    private LiveTrading live;

    @BeforeEach
    void start() throws Exception {
        live = new LiveTrading(path.resolve("data"));
        live.start(new Bootstrap.Sample());
    }

    @AfterEach
    void stop() {
        live.close();
    }

    private static String run(final List<String> command) throws Exception {
        final Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        final String output = new String(process.getInputStream().readAllBytes());
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), command + " hangs");
        assertEquals(0, process.exitValue(), output);
        return output;
    }

    private String python(final String... arguments) throws Exception {
        final List<String> command = new ArrayList<>(List.of("python3"));
        command.add(CLIENTS.resolve("python/spindle_client.py").toString());
        command.addAll(List.of("--port-base", Integer.toString(live.ports.base())));
        command.addAll(List.of(arguments));
        return run(command);
    }

    @Test
    void shouldTradeInPythonAndRecoverWhatItLost() throws Exception {
        Needed.programs("python3");
        assertTrue(
                python("place", "buy", "100", "SPDL", "10.00")
                        .contains("accepted 1 B 100 SPDL 10.0000"));
        final String sold = python("place", "--session", "TEST01", "sell", "60", "SPDL", "10.00");
        assertTrue(sold.contains("executed 1 60 10.0000 R match 1"), sold);
        assertTrue(python("cancel", "1").contains("canceled 1 40 U"));

        final String watched = python("watch", "--seconds", "3", "--lose", "2");
        assertTrue(watched.contains("executed 1 60 10.0000 A match 1"), watched);
        assertTrue(watched.contains("reports 4 of 4"), watched);
    }

    @Test
    void shouldTradeInCAndRecoverWhatItLost() throws Exception {
        Needed.programs("cc");
        final String binary = path.resolve("spindle_client").toString();
        final String source = CLIENTS.resolve("c/spindle_client.c").toString();
        run(List.of("cc", "-std=c11", "-Wall", "-Wextra", "-Werror", "-O2", "-o", binary, source));
        final String port = Integer.toString(live.ports.base());
        final String bought =
                run(List.of(binary, "-p", port, "place", "buy", "100", "SPDL", "10.00"));
        assertTrue(bought.contains("accepted 1 B 100 SPDL     10.0000"), bought);
        final String sold =
                run(
                        List.of(
                                binary, "-p", port, "-s", "TEST01", "place", "sell", "60", "SPDL",
                                "10.00"));
        assertTrue(sold.contains("executed 1 60 10.0000 R match 1"), sold);
        assertTrue(run(List.of(binary, "-p", port, "cancel", "1")).contains("canceled 1 40 U"));
        final String watched = run(List.of(binary, "-p", port, "-l", "2", "watch", "3"));
        assertTrue(watched.contains("executed 1 60 10.0000 A match 1"), watched);
        assertTrue(watched.contains("reports 4 of 4"), watched);
    }

    @Test
    void shouldShipEveryClientThatTheFirstPageNames() {
        assertTrue(Files.isReadable(CLIENTS.resolve("python/spindle_client.py")));
        assertTrue(Files.isReadable(CLIENTS.resolve("c/spindle_client.c")));
        assertTrue(Files.isReadable(CLIENTS.resolve("wireshark/spindle.lua")));
    }
}
