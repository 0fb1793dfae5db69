package io.spindle.mgmt.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.spindle.log.CommandHandler;
import io.spindle.log.DataFolder;
import io.spindle.mgmt.latency.Latencies;
import io.spindle.mgmt.latency.Outlier;
import io.spindle.mgmt.latency.Stage;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

class AckWatchTest {
    private static final long START_NS = 1_700_000_000_000_000_000L;

    @TempDir private Path folder;
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[8]);
    private final List<Long> handedOn = new ArrayList<>();
    private long nowNs = START_NS;
    private long safe;
    private final Latencies latencies = new Latencies(() -> nowNs, 0);
    private final AckWatch watch = new AckWatch(latencies, () -> safe, null);
    private final CommandHandler timed =
            watch.before((sequence, timeNs, command, offset, length) -> handedOn.add(sequence));

    @Test
    void shouldTimeEachCommandUntilItsAnswersMayLeave() {
        apply(1, START_NS - 100);
        apply(2, START_NS - 50);
        apply(3, START_NS);
        watch.look();
        assertEquals(0, latencies.total(Stage.ACK).getTotalCount());
        safe = 2;
        nowNs = START_NS + 1_000;
        watch.look();
        safe = 9;
        nowNs = START_NS + 5_000;
        watch.look();
        watch.look();
        assertEquals(List.of(1L, 2L, 3L), handedOn);
        assertEquals(
                List.of(
                        new Outlier(Stage.ACK, 3, START_NS, 5_000),
                        new Outlier(Stage.ACK, 1, START_NS - 100, 1_100),
                        new Outlier(Stage.ACK, 2, START_NS - 50, 1_050)),
                latencies.outliers(Stage.ACK));
    }

    @Test
    void shouldTimeNothingWhileNobodyKnowsAndAsManyAsItHasRoomFor() {
        for (int sequence = 1; sequence <= AckWatch.MOST + 5; sequence++) {
            apply(sequence, START_NS);
        }
        safe = Long.MAX_VALUE;
        watch.look();
        assertEquals(0, latencies.total(Stage.ACK).getTotalCount());
        safe = AckWatch.MOST + 5;
        watch.look();
        assertEquals(AckWatch.MOST, latencies.total(Stage.ACK).getTotalCount());
        assertEquals(AckWatch.MOST + 5, handedOn.size());
        apply(safe + 1, START_NS);
        safe++;
        watch.look();
        assertEquals(AckWatch.MOST + 1, latencies.total(Stage.ACK).getTotalCount());
    }

    @Test
    void shouldLeaveTheReplicaAloneWhenTheRingCannotBeRead() {
        final AckWatch broken =
                new AckWatch(
                        latencies,
                        () -> {
                            throw new IOException("of the test");
                        },
                        null);
        final CommandHandler next =
                broken.before(
                        (sequence, timeNs, command, offset, length) -> handedOn.add(sequence));
        next.onCommand(1, START_NS, buffer, 0, 8);
        broken.look();
        next.onCommand(2, START_NS, buffer, 0, 8);
        broken.look();
        assertEquals(List.of(1L, 2L), handedOn);
        assertEquals(0, latencies.total(Stage.ACK).getTotalCount());
    }

    @Test
    void shouldTimeNothingWhereAnswersWaitForNothing() {
        try (AckWatch none = AckWatch.of(new DataFolder(folder), latencies)) {
            assertSame(timed, none.before(timed));
            none.look();
        }
        assertEquals(0, latencies.total(Stage.ACK).getTotalCount());
    }

    private void apply(final long sequence, final long timeNs) {
        timed.onCommand(sequence, timeNs, buffer, 0, buffer.capacity());
    }
}
