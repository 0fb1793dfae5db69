package io.spindle.oms;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import java.lang.management.ManagementFactory;

class EngineAllocationTest {
    private static final int COMMANDS = 100_000;

    /**
     * A deoptimisation may put one object on the heap once; a cost per command shows every time.
     */
    private static final int ROUNDS_UNTIL_COMPILED = 24;

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
        for (int round = 0; round < ROUNDS_UNTIL_COMPILED && allocated > 0; round++) {
            final TradingEngine engine =
                    new TradingEngine(EngineConfig.small(), silence, silence, silence);
            final long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < commands.length; i++) {
                engine.apply(i + 1, Market.START_NS + i, commands[i], 0, commands[i].capacity());
            }
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
        }
        assertEquals(0, allocated, "bytes for the last " + commands.length + " commands");
    }
}
