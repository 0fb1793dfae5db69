package io.spindle.nic;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** That a preloaded library gets the socket calls, and is told of at start. */
class OnloadTest {
    @Test
    void shouldLetAPreloadedLibraryTakeTheSocketCallsAndReportItsSettings()
            throws IOException, InterruptedException {
        assumeTrue(EfviDouble.missing() == null);
        final Path standIn = EfviDouble.shared("onload_standin.c");
        final ProcessBuilder probe =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Probe.class.getName())
                        .redirectErrorStream(true);
        probe.environment().put("LD_PRELOAD", standIn.toString());
        probe.environment().put("EF_POLL_USEC", "100000");
        final Process process = probe.start();
        final List<String> said = process.inputReader().lines().toList();
        process.waitFor();
        assertTrue(said.contains("stand-in took recvfrom"), said.toString());
        assertTrue(said.contains("driver onload"), said.toString());
        assertTrue(
                said.stream().anyMatch(line -> line.endsWith("under Onload EF_POLL_USEC=100000")),
                said.toString());
    }

    /** Opens a socket queue, says what it is, and polls once. */
    static final class Probe {
        private Probe() {}

        public static void main(final String[] args) {
            final NicConfig config = new NicContext().backend("socket").port(0).conclude();
            try (NicQueue queue = NicQueues.open(config, line -> {})) {
                queue.poll(new RxBurst(1));
                System.out.println("driver " + queue.info().driver());
                System.out.println(queue.info().mode());
            }
        }
    }
}
