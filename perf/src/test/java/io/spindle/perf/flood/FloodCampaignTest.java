package io.spindle.perf.flood;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;

/** A short flood on whatever machine this is: nobody is let in, and nobody loses an answer. */
@Tag("campaign")
@Timeout(300)
class FloodCampaignTest {
    @Test
    void shouldLetNobodyInAndLoseNoAnswer() throws Exception {
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
        bench.execute(
                "--rounds=2",
                "--flood=3000",
                "--rate=500",
                "--port-base=" + portBase,
                "--api=127.0.0.1:" + apiPort);
        System.out.print(out);
        assertTrue(out.toString().contains("nothing let in"), out::toString);
        assertTrue(out.toString().contains("TEST10 logged in within"), out::toString);
    }
}
