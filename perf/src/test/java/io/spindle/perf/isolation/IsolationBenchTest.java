package io.spindle.perf.isolation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.perf.load.FreePorts;
import io.spindle.perf.load.RestlessMachine;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Every disturbance on a real appliance. In the campaign: afterwards the replica, the database and
 * a subscriber that was cut off have all that the loop has, and what the hot thread asked of the
 * kernel meanwhile is told. Open: that it received and sent and nothing else, that the database
 * hung for a minute, and that the interval of each ratio of p99 lies within the bounds. A machine
 * on which nothing at all is not found to cost nothing decides the last of them not, and the test
 * says so.
 */
@Timeout(3_600)
class IsolationBenchTest {
    private static final Pattern LONGEST = Pattern.compile("disturbed for up to ([0-9.]+) s");

    private int code;

    @Test
    @Tag("campaign")
    void shouldCatchUpAfterEachDisturbance() throws IOException {
        final String disturbances =
                "STOPPED,BLOCKED,DEAD,DEAF_SUBSCRIBERS,HUNG_DATABASE"
                        + (isThere("wrk") ? ",FLOODED" : "");
        final String said =
                run(
                        disturbances,
                        "--hardware=none",
                        "--rounds=1",
                        "--block=50",
                        "--rate=500",
                        "--warm-up=1",
                        "--hang=2");
        assertCaughtUp(disturbances.split(",").length + 1, said);
        assertTrue(longestSeconds(said, "hung for 2 s") >= 2, said);
        if (isThere("strace") && "root".equals(System.getProperty("user.name"))) {
            final long traced =
                    rows(said).filter(it -> it.contains("recv") && it.contains("send")).count();
            assertEquals(disturbances.split(",").length, traced, said);
        }
    }

    @Tag("open") // the bound of 0.90 to 1.15 has not been seen kept yet
    @Test
    void shouldServeOrdersAlikeWhateverHappensToManagement() throws IOException {
        final String said = run("NONE,DEAD,STOPPED,BLOCKED,DEAF_SUBSCRIBERS,HUNG_DATABASE,FLOODED");
        System.out.println(said);
        assertCaughtUp(8, said);
        assertFalse(said.contains("NOT ONLY RECEIVE AND SEND"), said);
        assertFalse(said.contains("NOT SEEN"), said);
        assertTrue(longestSeconds(said, "hung for 60 s") >= 60, said);
        final String nothing = row(said, "none");
        RestlessMachine.assumeNot(nothing, "whether orders are served later for a disturbance");
        assertEquals(0, code, said);
    }

    private static boolean isThere(final String program) {
        return Files.isExecutable(Path.of("/usr/bin", program));
    }

    private static Stream<String> rows(final String said) {
        return said.lines().skip(1).filter(it -> it.endsWith(", caught up"));
    }

    private static String row(final String said, final String name) {
        return said.lines().filter(it -> it.startsWith(name)).findFirst().orElseThrow();
    }

    /** The line behind a row tells it. */
    private static double longestSeconds(final String said, final String name) {
        final Matcher longest = LONGEST.matcher(said);
        assertTrue(longest.find(said.indexOf(row(said, name))), said);
        return Double.parseDouble(longest.group(1));
    }

    private static void assertCaughtUp(final long expected, final String said) {
        assertEquals(expected, rows(said).count(), said);
    }

    private String run(final String disturbances, final String... more) throws IOException {
        final StringWriter out = new StringWriter();
        final CommandLine line = new CommandLine(new IsolationBench());
        line.setOut(new PrintWriter(out, true));
        final String[] arguments = new String[more.length + 3];
        arguments[0] = "--disturb=" + disturbances;
        arguments[1] = "--port-base=" + FreePorts.base();
        arguments[2] = "--api=127.0.0.1:" + FreePorts.api();
        System.arraycopy(more, 0, arguments, 3, more.length);
        code = line.execute(arguments);
        assertTrue(code == 0 || code == 1, out.toString());
        return out.toString();
    }
}
