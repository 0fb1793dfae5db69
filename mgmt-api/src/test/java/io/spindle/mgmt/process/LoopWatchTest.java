package io.spindle.mgmt.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.log.Refusal;
import io.spindle.loop.LoopCounter;
import io.spindle.loop.LoopCounters;
import io.spindle.mgmt.testing.Market;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

class LoopWatchTest {
    @TempDir private Path folder;
    private long nowNs = 1;

    @Test
    void shouldNotBeReadyBeforeTheFirstTradingProcess() {
        final LoopWatch watch = watch();
        assertFalse(watch.orderPort().ok());
        assertEquals(0, watch.get(LoopCounter.LOG_SEQUENCE));
    }

    @Test
    void shouldFollowTheLoopFromStartToOpen() throws IOException {
        final LoopWatch watch = watch();
        try (LoopCounters loop = LoopCounters.create(folder.resolve("counters"))) {
            turn(loop, watch, 1);
            assertEquals("recovering", turn(loop, watch, 1));
            assertEquals("open", turn(loop, watch, 2));
            assertTrue(watch.orderPort().ok());
            assertEquals("stopping", turn(loop, watch, 3));
            assertFalse(watch.orderPort().ok());
        }
    }

    @Test
    void shouldSayWhyTheLogTakesNoOrders() throws IOException {
        final LoopWatch watch = watch();
        try (LoopCounters loop = LoopCounters.create(folder.resolve("counters"))) {
            assertTrue(watch.log().ok());
            loop.set(LoopCounter.LOG_REFUSAL, Refusal.DISK_LOW);
            assertFalse(watch.log().ok());
            assertTrue(watch.log().detail().startsWith("little disk"), watch.log().detail());
            loop.set(LoopCounter.LOG_REFUSAL, Refusal.NOT_RECORDING);
            assertFalse(watch.log().ok());
            assertTrue(watch.log().detail().startsWith("not recorded"), watch.log().detail());
            loop.set(LoopCounter.LOG_REFUSAL, Refusal.NONE);
            assertTrue(watch.log().ok());
        }
    }

    @Test
    void shouldNotBelieveTheCountersOfADeadLoop() throws IOException {
        final LoopWatch watch = watch();
        try (LoopCounters loop = LoopCounters.create(folder.resolve("counters"))) {
            loop.set(LoopCounter.STATE, 2);
            loop.set(LoopCounter.LOG_TIME_NS, 5);
            assertFalse(watch.orderPort().ok(), "seen once, it may be long dead");
            turn(loop, watch, 2);
            assertTrue(watch.orderPort().ok());
            nowNs += TimeUnit.SECONDS.toNanos(4);
            assertEquals("the trading loop does not turn", watch.orderPort().detail());
        }
    }

    @Test
    void shouldReadTheNewFileOfANewTradingProcess() throws IOException {
        final LoopWatch watch = watch();
        try (LoopCounters loop = LoopCounters.create(folder.resolve("counters"))) {
            loop.set(LoopCounter.LOG_SEQUENCE, 10);
            assertEquals(10, watch.get(LoopCounter.LOG_SEQUENCE));
        }
        try (LoopCounters loop = LoopCounters.create(folder.resolve("counters"))) {
            loop.set(LoopCounter.LOG_SEQUENCE, 11);
            assertEquals(11, watch.get(LoopCounter.LOG_SEQUENCE));
        }
    }

    @Test
    void shouldExportCountersInPrometheusNames() throws IOException {
        final Market market = new Market();
        final LoopWatch watch = watch();
        try (LoopCounters loop = LoopCounters.create(folder.resolve("counters"))) {
            loop.set(LoopCounter.LOG_SEQUENCE, market.log.lastSequence() + 7);
            loop.set(LoopCounter.FRAMES_RECEIVED, 42);
            final String text = new Metrics(watch, market.view).scrape();
            assertTrue(text.contains("\nspindle_nic_frames_received_total 42.0\n"), text);
            assertTrue(text.contains("\nspindle_replica_lag_commands 7.0\n"), text);
            assertTrue(text.contains("# HELP spindle_sessions_up sessions logged in now"), text);
            assertTrue(text.contains("spindle_build_info{java="), text);
        }
    }

    @Test
    void shouldNotBeReadyOnceTheTradingProcessIsGone() throws IOException {
        final LoopWatch watch = watch();
        try (LoopCounters loop = LoopCounters.create(folder.resolve("counters"))) {
            turn(loop, watch, 2);
            turn(loop, watch, 2);
            assertTrue(watch.orderPort().ok());
            Files.writeString(folder.resolve("trading.pid"), Long.MAX_VALUE + "\n");
            assertEquals("the trading process is gone", watch.orderPort().detail());
        }
    }

    private LoopWatch watch() {
        return new LoopWatch(
                folder.resolve("counters"), folder.resolve("trading.pid"), () -> nowNs);
    }

    private String turn(final LoopCounters loop, final LoopWatch watch, final int state) {
        loop.set(LoopCounter.STATE, state);
        loop.set(LoopCounter.LOG_TIME_NS, loop.get(LoopCounter.LOG_TIME_NS) + 1);
        nowNs += TimeUnit.MILLISECONDS.toNanos(50);
        return watch.orderPort().detail();
    }
}
