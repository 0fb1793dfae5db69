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
    private final Latencies latencies = new Latencies(() -> nowNs);
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
            assertTrue(List.of("wait", "replica").contains(one.getTag()));
            intervals++;
            count += one instanceof final AbstractHistogram whole ? whole.getTotalCount() : 0;
        }
        assertEquals(2 * 360, intervals);
        assertTrue(count >= 2 * 3_590, "an hour's: " + count);
    }

    private void apply(final long sequence, final long timeNs) {
        handler.onCommand(sequence, timeNs, buffer, 0, buffer.capacity());
    }
}
