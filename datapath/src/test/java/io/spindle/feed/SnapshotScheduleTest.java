package io.spindle.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.oms.EngineConfig;
import io.spindle.oms.NoEvents;
import io.spindle.oms.SnapshotReader;
import io.spindle.oms.TradingEngine;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

class SnapshotScheduleTest {
    private static final long NOW = -5;

    @TempDir Path folder;

    private final TradingEngine engine =
            new TradingEngine(EngineConfig.small(), new NoEvents(), new NoEvents(), new NoEvents());
    private final TestMarket market = new TestMarket(engine::apply);

    @Test
    void shouldBeDueAfterTenMinutesIfAnythingHappened() throws IOException {
        final SnapshotSchedule schedule = new SnapshotSchedule(folder, NOW);
        assertFalse(schedule.isDue(engine, NOW + SnapshotSchedule.INTERVAL_NS));
        market.open("SPDL");
        assertFalse(schedule.isDue(engine, NOW + SnapshotSchedule.INTERVAL_NS - 1));
        assertTrue(schedule.isDue(engine, NOW + SnapshotSchedule.INTERVAL_NS));

        schedule.take(engine, NOW + SnapshotSchedule.INTERVAL_NS);
        assertFalse(schedule.isDue(engine, NOW + 3 * SnapshotSchedule.INTERVAL_NS));
        assertEquals(
                List.of(SnapshotReader.file(folder, engine.sequence())),
                SnapshotReader.list(folder));
    }

    @Test
    void shouldKeepTheNewestFew() throws IOException {
        final SnapshotSchedule schedule = new SnapshotSchedule(folder, NOW);
        market.open("SPDL");
        for (int i = 0; i < SnapshotSchedule.KEPT + 2; i++) {
            market.order('B', 1, "SPDL", 100_000);
            schedule.take(engine, NOW);
        }

        final List<Path> left = SnapshotReader.list(folder);
        assertEquals(SnapshotSchedule.KEPT, left.size());
        assertEquals(SnapshotReader.file(folder, engine.sequence()), left.getFirst());
    }

    @Test
    void shouldNotWriteTheSameSnapshotTwice() throws IOException {
        market.open("SPDL");
        new SnapshotSchedule(folder, NOW).take(engine, NOW);
        new SnapshotSchedule(folder, NOW).take(engine, NOW);

        assertEquals(1, SnapshotReader.list(folder).size());
    }
}
