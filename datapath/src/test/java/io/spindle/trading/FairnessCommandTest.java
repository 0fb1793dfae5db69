package io.spindle.trading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.client.ClientCommand;
import io.spindle.log.DataFolder;
import io.spindle.oms.Ascii;
import io.spindle.oms.command.EnterOrderEncoder;
import io.spindle.oms.command.MessageHeaderEncoder;
import io.spindle.recovery.FairnessCommand;
import io.spindle.recovery.FairnessProof;
import io.spindle.recovery.OfflineLog;
import io.spindle.recovery.OpenLog;

import org.agrona.IoUtil;
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
    /** The kernel begins to stamp a moment after it was asked to. */
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
            final boolean all = said.contains(", " + messages + " stamped");
            assertTrue(said.endsWith(all ? "exit 0" : "exit 3"), said);
        }
    }

    @Test
    void shouldProveNothingBeyondWhatIsStamped() throws Exception {
        final DataFolder folder = new DataFolder(path);
        try (OpenLog log = OpenLog.open(folder, 1 << 22, 1024)) {
            enter(log, 1, 900, 1_000);
            assertTrue(fairness().endsWith("exit 0"), fairness());

            enter(log, 2, 2_000, 2_000);
            final String half = fairness();
            assertTrue(
                    half.startsWith("2 messages in 1 books, 1 stamped on arrival (50.00 %),"),
                    half);
            assertTrue(half.endsWith("exit 3"), half);

            enter(log, 3, 800, 3_000);
            final String said = fairness();
            assertTrue(said.contains("1 unexplained"), said);
            assertTrue(
                    said.contains(
                            "sequence 3 had arrived 100 ns before 1, which was matched first:"
                                    + " unexplained"),
                    said);
            assertTrue(said.endsWith("exit 1"), said);
        } finally {
            IoUtil.delete(folder.sharedMemory().toFile(), true);
        }
    }

    @Test
    void shouldNotTakeATieForProof() throws Exception {
        final DataFolder folder = new DataFolder(path);
        try (OpenLog log = OpenLog.open(folder, 1 << 22, 1024)) {
            enter(log, 1, 999, 1_000);
            enter(log, 2, 999, 1_000);
            final String said = fairness();
            assertTrue(said.contains("2 stamped on arrival (100.00 %), 0 overtaken"), said);
            assertTrue(said.contains("1 tied with another session's before them"), said);
            assertTrue(said.endsWith("exit 3"), said);
        } finally {
            IoUtil.delete(folder.sharedMemory().toFile(), true);
        }
    }

    /** The first order of a session. */
    private static void enter(
            final OpenLog log, final int session, final long receivedNs, final long timeNs) {
        final EnterOrderEncoder order = new EnterOrderEncoder();
        final int claim = log.ring().claim(256, false);
        order.wrapAndApplyHeader(log.ring().buffer(), claim, new MessageHeaderEncoder())
                .session(session)
                .userRefIdx((short) 0)
                .userRefNum(1)
                .symbol(Ascii.pack("SPDL"))
                .receivedNs(receivedNs)
                .putOptions(new byte[0], 0, 0);
        final int length = MessageHeaderEncoder.ENCODED_LENGTH + order.encodedLength();
        assertEquals(session, log.ring().commit(length, timeNs));
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
