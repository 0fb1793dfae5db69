package io.spindle.mgmt.latency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.log.CommandHandler;
import io.spindle.oms.command.CancelOrderEncoder;
import io.spindle.oms.command.EnterOrderEncoder;
import io.spindle.oms.command.MessageHeaderEncoder;
import io.spindle.oms.command.ModifyOrderEncoder;
import io.spindle.oms.command.ReplaceOrderEncoder;
import io.spindle.oms.command.TickEncoder;

import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.HistogramLogReader;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

class LatenciesTest {
    private static final long START_NS = 1_700_000_000_000_000_000L;
    private static final long SECOND_NS = 1_000_000_000L;

    private long nowNs = START_NS;
    private final Latencies latencies = new Latencies(() -> nowNs, 0);
    private final List<Long> handedOn = new ArrayList<>();
    private final CommandHandler handler =
            latencies.before((sequence, timeNs, buffer, offset, length) -> handedOn.add(sequence));
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[512]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();

    @Test
    void shouldTimeTheWaitOfClientMessagesAndTheLagOfAll() {
        new EnterOrderEncoder().wrapAndApplyHeader(buffer, 0, header).receivedNs(START_NS - 900);
        apply(1, START_NS - 100);
        new ReplaceOrderEncoder().wrapAndApplyHeader(buffer, 0, header).receivedNs(START_NS - 500);
        apply(2, START_NS - 100);
        new CancelOrderEncoder().wrapAndApplyHeader(buffer, 0, header).receivedNs(START_NS - 400);
        apply(3, START_NS - 100);
        new ModifyOrderEncoder().wrapAndApplyHeader(buffer, 0, header).receivedNs(0);
        apply(4, START_NS - 100);
        new TickEncoder().wrapAndApplyHeader(buffer, 0, header);
        apply(5, START_NS + 100);
        assertEquals(List.of(1L, 2L, 3L, 4L, 5L), handedOn);
        assertEquals(3, latencies.total(Stage.WAIT).getTotalCount());
        assertEquals(800, latencies.total(Stage.WAIT).getMaxValue());
        assertEquals(300, latencies.total(Stage.WAIT).getMinNonZeroValue());
        assertEquals(5, latencies.latest(Stage.REPLICA).getTotalCount());
        assertEquals(100, latencies.total(Stage.REPLICA).getMaxValue());
    }

    @Test
    void shouldKeepAnHourOfIntervalsAndWriteThemAsALog() {
        for (int second = 0; second < 3_700; second++) {
            nowNs = START_NS + second * SECOND_NS;
            new EnterOrderEncoder().wrapAndApplyHeader(buffer, 0, header).receivedNs(nowNs - 50);
            apply(second + 1, nowNs);
        }
        nowNs += 10 * SECOND_NS;
        assertEquals(10, latencies.latest(Stage.WAIT).getTotalCount());
        assertEquals(50, latencies.latest(Stage.WAIT).getMinNonZeroValue());
        assertEquals(50, latencies.latest(Stage.WAIT).getMaxValue());
        final HistogramLogReader reader =
                new HistogramLogReader(
                        new ByteArrayInputStream(latencies.log().getBytes(StandardCharsets.UTF_8)));
        int intervals = 0;
        long count = 0;
        for (EncodableHistogram one = reader.nextIntervalHistogram();
                one != null;
                one = reader.nextIntervalHistogram()) {
            assertTrue(List.of("wait", "replica", "ack", "stream").contains(one.getTag()));
            intervals++;
            count += one instanceof final AbstractHistogram whole ? whole.getTotalCount() : 0;
        }
        assertEquals(4 * 360, intervals);
        assertTrue(count >= 2 * 3_590, "an hour's: " + count);
    }

    @Test
    void shouldNameTheSlowestOfEachStageWithTimeAndSequence() {
        new TickEncoder().wrapAndApplyHeader(buffer, 0, header);
        for (int i = 1; i <= 30; i++) {
            nowNs = START_NS + i * SECOND_NS;
            apply(i, nowNs - 100 - i % 7);
        }
        apply(31, nowNs - 5_000);
        latencies.reached(Stage.STREAM, 31, nowNs - 6_000);
        latencies.reached(Stage.STREAM, 32, nowNs + 6_000);
        final List<Outlier> replica = latencies.outliers(Stage.REPLICA);
        assertEquals(10, replica.size());
        assertEquals(new Outlier(Stage.REPLICA, 31, nowNs - 5_000, 5_000), replica.getFirst());
        assertEquals(
                List.of(106L, 106L, 106L, 106L, 105L, 105L, 105L, 105L, 104L),
                replica.stream().skip(1).map(Outlier::tookNs).toList());
        assertEquals(
                List.of(31L, 32L),
                latencies.outliers(Stage.STREAM).stream().map(Outlier::sequence).toList());
        assertEquals(6_000, latencies.outliers(Stage.STREAM).getFirst().tookNs());
        assertEquals(2, latencies.total(Stage.STREAM).getTotalCount());
        assertEquals(List.of(), latencies.outliers(Stage.WAIT));
        nowNs += 4_000 * SECOND_NS;
        for (int second = 0; second < 3_700; second += 10) {
            nowNs += 10 * SECOND_NS;
            apply(33, nowNs - 1);
        }
        assertEquals(1, latencies.outliers(Stage.REPLICA).getFirst().tookNs(), "an hour ago");
    }

    @Test
    void shouldTimeNothingThatIsReadAgainAfterAStart() {
        final Latencies restarted = new Latencies(() -> nowNs, 5);
        final CommandHandler again =
                restarted.before((sequence, timeNs, command, offset, length) -> {});
        new EnterOrderEncoder().wrapAndApplyHeader(buffer, 0, header).receivedNs(START_NS - 900);
        for (int sequence = 1; sequence <= 6; sequence++) {
            again.onCommand(sequence, START_NS - 100, buffer, 0, buffer.capacity());
            restarted.reached(Stage.ACK, sequence, START_NS - 100);
            restarted.reached(Stage.STREAM, sequence, START_NS - 100);
        }
        for (final Stage stage : Stage.values()) {
            assertEquals(1, restarted.total(stage).getTotalCount(), stage.label());
            assertEquals(6, restarted.outliers(stage).getFirst().sequence(), stage.label());
        }
    }

    private void apply(final long sequence, final long timeNs) {
        handler.onCommand(sequence, timeNs, buffer, 0, buffer.capacity());
    }
}
