package io.spindle.trading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.spindle.log.DataFolder;
import io.spindle.log.LogRing;
import io.spindle.oms.EngineConfig;
import io.spindle.oms.NoEvents;
import io.spindle.oms.TradingEngine;
import io.spindle.recovery.OpenLog;

import org.agrona.IoUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A first start that ended anywhere is finished by the next one. */
class FirstCommandsTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final Bootstrap SAMPLE = new Bootstrap.Sample();
    private static final int ALL = Integer.MAX_VALUE;

    @TempDir Path path;

    @Test
    void shouldHaveAMarketHoweverLittleOfTheFirstStartIsLeft() throws IOException {
        final List<byte[]> whole = new ArrayList<>();
        final TradingEngine wanted = start("whole", List.of(), whole);
        assertNotEquals(0, wanted.sessions().count());
        for (int kept = 0; kept < whole.size(); kept += isAtAnEdge(kept, whole.size()) ? 1 : 41) {
            final TradingEngine engine =
                    start("cut" + kept, whole.subList(0, kept), new ArrayList<>());
            final String place = "after " + kept + " of " + whole.size();
            assertEquals(wanted.date(), engine.date(), place);
            assertEquals(wanted.sessions().count(), engine.sessions().count(), place);
            assertEquals(wanted.instruments().count(), engine.instruments().count(), place);
            assertEquals(wanted.accounts().count(), engine.accounts().count(), place);
        }
    }

    private static boolean isAtAnEdge(final int kept, final int whole) {
        return kept < 3 || kept >= whole - 8;
    }

    /** What begins on a log that holds these commands; they and what is added are listed. */
    private TradingEngine start(
            final String name, final List<byte[]> before, final List<byte[]> commands)
            throws IOException {
        final DataFolder folder = new DataFolder(path.resolve(name));
        try (OpenLog log = OpenLog.open(folder, 1 << 20, 1024)) {
            before.forEach(command -> append(log.ring(), command));
            final TradingEngine engine = engine();
            poll(log.ring(), engine, commands);
            new FirstCommands(folder, log.ring(), engine, NOON).append(SAMPLE, false);
            poll(log.ring(), engine, commands);
            assertEquals(
                    "", new FirstCommands(folder, log.ring(), engine, NOON).append(SAMPLE, false));
            return engine;
        } finally {
            IoUtil.delete(folder.sharedMemory().toFile(), true);
        }
    }

    private static TradingEngine engine() {
        final NoEvents nothing = new NoEvents();
        return new TradingEngine(EngineConfig.small(), nothing, nothing, nothing);
    }

    private static void append(final LogRing ring, final byte[] command) {
        final int claim = ring.claim(command.length, true);
        ring.buffer().putBytes(claim, command);
        ring.commit(command.length, 1);
    }

    private static void poll(
            final LogRing ring, final TradingEngine engine, final List<byte[]> commands) {
        ring.poll(
                (sequence, timeNs, buffer, offset, length) -> {
                    engine.apply(sequence, timeNs, buffer, offset, length);
                    final byte[] command = new byte[length];
                    buffer.getBytes(offset, command);
                    commands.add(command);
                },
                ALL);
    }
}
