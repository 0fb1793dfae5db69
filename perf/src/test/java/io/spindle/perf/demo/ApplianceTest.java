package io.spindle.perf.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.perf.load.LoadProfile;
import io.spindle.perf.load.LoadResult;
import io.spindle.perf.load.LoadRig;
import io.spindle.recovery.Verification;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** A whole appliance, its four processes and all, as its users meet it: over UDP and HTTP. */
@Timeout(600)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ApplianceTest {
    private static final int MESSAGES = 4_000;
    private static final Duration PATIENCE = Duration.ofSeconds(180);

    @TempDir private static Path folder;

    private static Appliance appliance;
    private static boolean open;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        final int portBase = 20_000 + ThreadLocalRandom.current().nextInt(400) * 30;
        appliance =
                new Appliance(new Appliance.Options(folder, portBase, "127.0.0.1:" + freePort()));
        appliance.awaitOpen(PATIENCE);
        open = true;
    }

    /** And at its end the log, read where it lies, must hold together. */
    @AfterAll
    static void stop() throws IOException {
        appliance.close();
        if (open) {
            final Verification verification = Verification.of(appliance.folder());
            assertTrue(verification.failure().isEmpty(), () -> verification.lines().toString());
        }
    }

    /** Leaves orders in the book, so it comes last. */
    @Test
    @Order(2)
    void shouldPlayAMarketInWhichNothingIsLostAndEveryReplicaAgrees() throws Exception {
        final StringWriter output = new StringWriter();
        final List<String> faults =
                new DemoMarket(appliance, new PrintWriter(output, true)).run(MESSAGES, 7);
        assertEquals(List.of(), faults, output::toString);
        assertTrue(output.toString().contains("digest equal"), output::toString);
    }

    @ParameterizedTest
    @Order(1)
    @EnumSource(LoadProfile.class)
    void shouldAnswerEveryMessageOfALoad(final LoadProfile profile) throws IOException {
        try (LoadRig rig = new LoadRig(appliance.orderEntry(), profile, 2)) {
            final LoadResult result = rig.run(400, Duration.ofSeconds(1), Duration.ofSeconds(2));
            assertEquals(0, result.unanswered(), result::row);
            assertEquals(0, result.refused(), result::row);
            assertTrue(result.total().getTotalCount() >= 800, result::row);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
