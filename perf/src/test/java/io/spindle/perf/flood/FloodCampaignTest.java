package io.spindle.perf.flood;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;

/**
 * A flood: nobody is let in, nobody loses an answer, nobody is served later for it. A machine on
 * which no flood is not found to cost nothing decides the last of them not, and the test says so.
 */
@Tag("campaign")
@Timeout(600)
class FloodCampaignTest {
    @Test
    void shouldLetNobodyInAndServeOthersAsBefore() throws Exception {
        final StringWriter out = new StringWriter();
        final CommandLine bench = new CommandLine(new FloodBench());
        bench.setOut(new PrintWriter(out));
        final int portBase;
        final int apiPort;
        try (DatagramSocket udp = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                ServerSocket tcp = new ServerSocket(0)) {
            portBase = udp.getLocalPort();
            apiPort = tcp.getLocalPort();
        }
        final int code = bench.execute("--port-base=" + portBase, "--api=127.0.0.1:" + apiPort);
        System.out.print(out);
        assertTrue(out.toString().contains("nothing let in"), out::toString);
        assertTrue(out.toString().contains("TEST10 logged in within"), out::toString);
        final String none =
                out.toString().lines().filter(it -> it.startsWith("none")).findFirst().get();
        assumeFalse(none.contains("NOT WITHIN"), "too restless to decide it: " + none);
        assertEquals(0, code, out::toString);
    }
}
