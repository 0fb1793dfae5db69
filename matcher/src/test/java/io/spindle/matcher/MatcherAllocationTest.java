package io.spindle.matcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;

import org.junit.jupiter.api.Test;

import java.lang.management.ManagementFactory;
import java.util.List;

/** Nothing is allocated by any command, whatever the order type. */
class MatcherAllocationTest {
    private static final int COMMANDS = 100_000;
    private static final int NAMES = 300;

    /**
     * A deoptimisation may put one object on the heap once; a cost per command shows every time.
     */
    private static final int ROUNDS_UNTIL_COMPILED = 24;

    private static final MatchListener SILENT =
            new MatchListener() {
                @Override
                public void onFill(
                        final int book,
                        final int maker,
                        final int taker,
                        final long priceTicks,
                        final long lots,
                        final long makerLeavesLots,
                        final long takerLeavesLots) {}

                @Override
                public void onRested(
                        final int book,
                        final int order,
                        final int side,
                        final long priceTicks,
                        final long displayedLots) {}

                @Override
                public void onCancelled(
                        final int book,
                        final int order,
                        final long cancelledLots,
                        final long leavesLots,
                        final int reason,
                        final boolean wasResting) {}
            };

    @Test
    void shouldAllocateNothingInAHundredThousandMixedCommands() {
        final List<Command> script = new CommandGenerator(7, NAMES, false).script(COMMANDS);
        final Matcher matcher = new Matcher(new MatcherConfig(NAMES, 3, 8_192, 50), SILENT);
        for (int book = 0; book < CommandGenerator.BOOKS; book++) {
            matcher.openBook(book, CommandGenerator.MAX_PRICES[book]);
        }
        play(script, matcher);
        final ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS_UNTIL_COMPILED && allocated > 0; round++) {
            final long before = thread.getCurrentThreadAllocatedBytes();
            play(script, matcher);
            allocated = thread.getCurrentThreadAllocatedBytes() - before;
        }
        assertEquals(0, allocated, "bytes for the last " + COMMANDS + " commands");
    }

    private static void play(final List<Command> script, final Matcher matcher) {
        for (int i = 0; i < script.size(); i++) {
            script.get(i).applyTo(matcher);
        }
    }
}
