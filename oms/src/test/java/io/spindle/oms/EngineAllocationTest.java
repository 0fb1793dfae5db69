package io.spindle.oms;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import java.lang.management.ManagementFactory;

class EngineAllocationTest {
    private static final int COMMANDS = 100_000;

    @Test
    void shouldAllocateNothingPerCommand() {
        final Market market = Market.sample();
        new RandomFlow(market, 1).run(COMMANDS);
        final NoEvents silence = new NoEvents();
        final UnsafeBuffer[] commands =
                market.log.stream()
                        .map(command -> new UnsafeBuffer(command.bytes()))
                        .toArray(UnsafeBuffer[]::new);
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = Long.MAX_VALUE;
        for (int round = 0; round < 5 && allocated > 0; round++) {
            final TradingEngine engine =
                    new TradingEngine(EngineConfig.small(), silence, silence, silence);
            final long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < commands.length; i++) {
                engine.apply(i + 1, Market.START_NS + i, commands[i], 0, commands[i].capacity());
            }
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
        }
        assertEquals(0, allocated);
    }
}
