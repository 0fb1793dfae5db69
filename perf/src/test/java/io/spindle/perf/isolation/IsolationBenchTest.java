package io.spindle.perf.isolation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * Every disturbance on a real appliance, and everything caught up after it. What it costs is for
 * quiet machines to say: only the campaign looks at the ratios, and prints them.
 */
@Timeout(600)
class IsolationBenchTest {
    private static final Pattern ONLY_DATAGRAMS =
            Pattern.compile(
                    "system calls of the hot thread: \\[(?:(?:recv|send)(?:m*sg|from|to)(?:, )?)+]");

    @Test
    void shouldCatchUpAfterEachDisturbance() throws IOException {
        final String said =
                run(
                        "STOPPED,BLOCKED,DEAF_SUBSCRIBERS,HUNG_DATABASE",
                        "--profile=none",
                        "--rounds=1",
                        "--block=50",
                        "--rate=500",
                        "--warm-up=1");
        assertEquals(4, said.lines().filter(line -> line.endsWith("yes")).count(), said);
        assertFalse(said.contains("NO"), said);
    }

    @Tag("campaign")
    @Test
    void shouldServeOrdersAlikeWhateverHappensToManagement() throws IOException {
        final String said =
                run(
                        "NONE,STOPPED,BLOCKED,DEAF_SUBSCRIBERS,HUNG_DATABASE",
                        "--rounds=20",
                        "--block=100",
                        "--rate=1000",
                        "--warm-up=5");
        System.out.println(said);
        assertEquals(5, said.lines().filter(line -> line.endsWith("yes")).count(), said);
        assertTrue(ONLY_DATAGRAMS.matcher(said).find(), said);
    }

    @Tag("campaign")
    @Test
    void shouldGoOnWithoutAManagementProcess() throws IOException {
        final String said = run("DEAD", "--rounds=2", "--block=200", "--rate=500", "--warm-up=1");
        assertTrue(said.lines().anyMatch(line -> line.endsWith("yes")), said);
    }

    private static String run(final String disturbances, final String... more) throws IOException {
        final StringWriter out = new StringWriter();
        final CommandLine line = new CommandLine(new IsolationBench());
        line.setOut(new PrintWriter(out, true));
        final String[] arguments = new String[more.length + 3];
        arguments[0] = "--disturb=" + disturbances;
        arguments[1] = "--port-base=" + ThreadLocalRandom.current().nextInt(20_000, 30_000);
        arguments[2] = "--api=127.0.0.1:" + freePort();
        System.arraycopy(more, 0, arguments, 3, more.length);
        final int code = line.execute(arguments);
        assertTrue(code == 0 || code == 1, out.toString());
        return out.toString();
    }

    private static int freePort() throws IOException {
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return any.getLocalPort();
        }
    }
}
