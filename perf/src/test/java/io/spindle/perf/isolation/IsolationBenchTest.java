package io.spindle.perf.isolation;

import static org.junit.jupiter.api.Assertions.assertEquals;
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

/**
 * Every disturbance on a real appliance: everything caught up after it, and in the campaign nobody
 * was served later for it. A machine on which nothing at all is not found to cost nothing decides
 * that not, and the test says so.
 */
@Timeout(1_200)
class IsolationBenchTest {
    private int code;

    @Test
    void shouldCatchUpAfterEachDisturbance() throws IOException {
        final String said =
                run(
                        "STOPPED,BLOCKED,DEAF_SUBSCRIBERS,HUNG_DATABASE",
                        "--hardware=none",
                        "--rounds=1",
                        "--block=50",
                        "--rate=500",
                        "--warm-up=1");
        assertCaughtUp(4, said);
    }

    @Tag("open") // the bound of 0.90 to 1.15 has not been seen kept yet
    @Test
    void shouldServeOrdersAlikeWhateverHappensToManagement() throws IOException {
        final String said = run("NONE,STOPPED,BLOCKED,DEAD,DEAF_SUBSCRIBERS,HUNG_DATABASE");
        System.out.println(said);
        assertCaughtUp(6, said);
        final String nothing = said.lines().filter(it -> it.startsWith("none")).findFirst().get();
        RestlessMachine.assumeNot(nothing, "whether orders are served later for a disturbance");
        assertEquals(0, code, said);
    }

    private static void assertCaughtUp(final long rows, final String said) {
        assertEquals(rows, said.lines().filter(it -> it.endsWith(", caught up")).count() - 1, said);
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
