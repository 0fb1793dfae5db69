package io.spindle.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.journal.MediaThread;
import io.spindle.log.DataFolder;
import io.spindle.log.SmallTables;
import io.spindle.oms.TradingEngine;
import io.spindle.replica.Snapshots;

import org.agrona.IoUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

@Timeout(120)
class TimeTravelTest {
    private record Moment(long timeNs, long digest, long stateHash) {}

    @TempDir Path path;
    private DataFolder folder;
    private TimeTravel travel;
    private final EngineFlow flow = new EngineFlow(33);
    private final Map<Long, Moment> moments = new HashMap<>();

    @BeforeEach
    void live() throws Exception {
        folder = SmallTables.in(new DataFolder(path).create());
        travel = new TimeTravel(folder, EngineFlow.CONFIG);
        try (OpenLog log = OpenLog.open(folder, 1 << 20, 1024);
                MediaThread media = new MediaThread(folder)) {
            final Snapshots snapshots = new Snapshots(folder.snapshots());
            flow.on(log.ring()).market();
            for (int i = 0; i < 12; i++) {
                flow.orders(150);
                note();
                if (i % 4 == 3) {
                    snapshots.write(flow.engine, i);
                }
            }
            media.awaitRecorded(log.ring());
            flow.orders(20);
            note();
        }
    }

    private void note() {
        final TradingEngine engine = flow.engine;
        moments.put(
                engine.sequence(),
                new Moment(engine.timeNs(), engine.eventDigest(), engine.stateHash()));
    }

    @AfterEach
    void removeSharedMemory() {
        IoUtil.delete(folder.sharedMemory().toFile(), true);
    }

    @Test
    void everySequenceCanBeVisitedAsItWas() throws Exception {
        for (final Map.Entry<Long, Moment> moment : moments.entrySet()) {
            assertIs(moment.getKey(), moment.getValue(), travel.at(moment.getKey()));
        }
    }

    @Test
    void everyMomentCanBeVisitedAsItWas() throws Exception {
        for (final Map.Entry<Long, Moment> moment : moments.entrySet()) {
            final long timeNs = moment.getValue().timeNs();
            assertIs(moment.getKey(), moment.getValue(), travel.atTime(timeNs));
            assertIs(moment.getKey(), moment.getValue(), travel.atTime(timeNs + 999));
        }
    }

    @Test
    void beyondTheEndsItIsTheEnds() throws Exception {
        assertEquals(0, travel.at(0).sequence());
        assertEquals(0, travel.atTime(1).sequence());
        assertEquals(flow.engine.stateHash(), travel.at(Long.MAX_VALUE).stateHash());
        assertTrue(travel.atTime(Long.MAX_VALUE).sequence() == flow.engine.sequence());
    }

    private static void assertIs(
            final long sequence, final Moment moment, final TradingEngine engine) {
        assertEquals(sequence, engine.sequence());
        assertEquals(moment, new Moment(engine.timeNs(), engine.eventDigest(), engine.stateHash()));
    }
}
