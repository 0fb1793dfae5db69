package io.spindle.perf.soak;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.perf.load.OwnCore;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** A short soak of a whole appliance; the long one is {@code ./spindle soak}. */
@Timeout(600)
class SoakTest {
    @TempDir private Path folder;

    @Test
    @Tag("campaign")
    void shouldJudgeAWholeAppliance() throws Exception {
        final List<String> lines = new ArrayList<>();
        final int api;
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            api = probe.getLocalPort();
        }
        final int portBase = 33_000 + ThreadLocalRandom.current().nextInt(200) * 30;
        final boolean flat =
                new Soak(folder, portBase, "127.0.0.1:" + api, OwnCore.none(), 0, lines::add)
                        .run(Duration.ofSeconds(60), Duration.ofSeconds(5), 1_000);
        lines.forEach(System.out::println);
        System.out.println(flat ? "FLAT" : "NOT FLAT");
        // A shared machine moves switches and memory; what the loop itself does, it may not.
        assertTrue(
                lines.stream()
                        .filter(line -> line.contains("trading thread") || line.contains("deopt"))
                        .noneMatch(line -> line.endsWith("NOT FLAT")),
                lines::toString);
    }
}
