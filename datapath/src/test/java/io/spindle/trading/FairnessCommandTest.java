package io.spindle.trading;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.client.ClientCommand;
import io.spindle.log.DataFolder;
import io.spindle.recovery.FairnessCommand;
import io.spindle.recovery.FairnessProof;
import io.spindle.recovery.OfflineLog;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The proof over the log of a process that has its datagrams stamped by the kernel. */
@Timeout(120)
class FairnessCommandTest {
    /**
     * The kernel begins to stamp a moment after it was asked to, and a message that came while its
     * turn was under way has the turn's time, which is no stamp.
     */
    private static final int MOST_ORDERS = 50;

    @TempDir private Path path;

    private static String run(final Object command, final String... arguments) {
        final StringWriter out = new StringWriter();
        final int code =
                new CommandLine(command)
                        .setOut(new PrintWriter(out, true))
                        .setErr(new PrintWriter(out, true))
                        .execute(arguments);
        return out + "exit " + code;
    }

    @Test
    void shouldProveAnHonestDay() throws Exception {
        try (LiveTrading live = new LiveTrading(path)) {
            live.start(new Bootstrap.Sample());
            final String port = Integer.toString(live.ports.base());
            int orders = 0;
            do {
                final String number = Integer.toString(++orders);
                run(new ClientCommand(), "place", "buy", "1", "SPDL", "10", "--port-base", port);
                run(new ClientCommand(), "cancel", number, "--port-base", port);
            } while (orders < MOST_ORDERS && fairness().contains(" 0 stamped"));
            live.stop();
            final String said = fairness();
            assertTrue(said.contains(" messages in 1 books"), said);
            final int messages = Integer.parseInt(said.substring(0, said.indexOf(' ')));
            assertTrue(messages >= 2 * orders, said); // an order is sent again if not answered
            assertTrue(said.contains(" 0 overtaken"), said);
            assertFalse(said.contains(" 0 stamped"), said);
            assertTrue(said.endsWith("exit 0"), said);
        }
    }

    private String fairness() {
        return run(new FairnessCommand(), "--data", path.toString());
    }

    @Test
    void shouldSayWhenThereIsNoSuchFolder() {
        final OfflineLog log = new OfflineLog(new DataFolder(path.resolve("missing")));
        final NoSuchFileException failure =
                assertThrows(NoSuchFileException.class, () -> log.read(0, new FairnessProof()));
        assertTrue(failure.getMessage().endsWith("missing: no data folder"), failure.toString());
    }
}
