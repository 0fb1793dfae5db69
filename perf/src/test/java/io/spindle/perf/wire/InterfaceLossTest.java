package io.spindle.perf.wire;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.spindle.mgmt.cli.SpindleMain;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The trading process whose interface is deleted under it. */
class InterfaceLossTest {
    @TempDir private Path folder;

    @Test
    void shouldRaiseAnAlarmAndStopInOrder() throws IOException, InterruptedException {
        final boolean possible =
                "root".equals(System.getProperty("user.name"))
                        && Files.isExecutable(Path.of("/usr/sbin/ip"));
        if (!possible) {
            System.out.println("InterfaceLossTest: skipped, it needs root and iproute2");
        }
        assumeTrue(possible);
        try (WireRig rig = new WireRig()) {
            final Process server =
                    rig.serve(
                            WireRig.java(
                                    SpindleMain.class,
                                    "trading",
                                    "--data",
                                    folder,
                                    "--backend",
                                    "afxdp",
                                    "--interface",
                                    WireRig.DEVICE,
                                    "--address",
                                    WireRig.SERVER_ADDRESS,
                                    "--bootstrap",
                                    "none"),
                            "open: order entry");
            rig.unplug();
            assertTrue(server.waitFor(60, TimeUnit.SECONDS), "it went on over a dead ring");
            final String said = WireRig.stop(server);
            assertTrue(said.contains("ALARM: interface sp0 is gone"), said);
            assertTrue(said.contains("stopped in order"), said);
            assertNotEquals(0, server.exitValue());
        }
    }
}
