package io.spindle.oms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * The engine against a naive model, over random streams of every command; a failure names its seed.
 */
class LedgerPropertyTest {
    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldKeepTheBooksLikeTheNaiveModel(final long seed) throws IOException {
        run(seed, 200_000);
    }

    @Test
    @Tag("campaign")
    void shouldKeepTheBooksOverFiveMillionCommands() throws IOException {
        for (long seed = 100; seed < 110; seed++) {
            run(seed, 500_000);
        }
    }

    /** Every command of the schema must occur, every kind of order be taken and refused. */
    private static void run(final long seed, final int steps) throws IOException {
        final RandomTrading trading = new RandomTrading(seed);
        try {
            trading.run(steps);
        } catch (final AssertionError e) {
            throw new AssertionError("seed=" + seed + " command=" + trading.commands, e);
        }
        compareUses(trading.market.engine);
        assertEquals(0, trading.market.engine.illegalTransitions());
        assertTrue(trading.market.engine.eventDigest() != 0);
        final Map<String, Long> commands = CommandTally.of(trading.market.tally);
        System.out.println("seed " + seed + ": " + commands + " " + trading.kinds);
        assertFalse(commands.containsValue(0L), commands.toString());
        for (final String kind : RandomOrders.KINDS) {
            final String taken = kind + " NONE";
            assertTrue(trading.kinds.containsKey(taken), kind + " was never taken");
            assertTrue(
                    trading.kinds.keySet().stream()
                            .anyMatch(key -> key.startsWith(kind + ' ') && !key.equals(taken)),
                    kind + " was never refused");
        }
    }

    /** What is counted of an instrument as it comes and goes is what there is. */
    private static void compareUses(final TradingEngine engine) {
        final int instruments = engine.instruments().count();
        final int[] open = new int[instruments + 1];
        final int[] amounts = new int[instruments + 1];
        for (int order = 0; order < engine.orders().highWater(); order++) {
            if (engine.orders().isLive(order)) {
                open[engine.orders().instrument(order)]++;
            }
        }
        final HoldingTable holdings = engine.holdings();
        for (int slot = 0; slot < holdings.slots(); slot++) {
            if (holdings.isUsed(slot)) {
                final long margin = holdings.records().getLong(slot, HoldingTable.MARGIN);
                amounts[holdings.instrument(slot)] +=
                        (holdings.lots(slot) == 0 ? 0 : 1) + (margin == 0 ? 0 : 1);
            }
        }
        for (int instrument = 1; instrument <= instruments; instrument++) {
            assertEquals(open[instrument], engine.tables().uses.openOrders(instrument));
            assertEquals(amounts[instrument], engine.tables().uses.amounts(instrument));
        }
    }

    @Test
    void shouldGoOnFromAnySnapshotAsIfNothingHadHappened() throws IOException {
        final RandomTrading trading = new RandomTrading(42);
        final Market market = trading.market;
        for (int round = 0; round < 5; round++) {
            trading.run(3_000);
            final Path file = new SnapshotWriter().write(market.engine, folder);
            market.log.clear();
            market.keepLog = true;
            trading.run(3_000);
            market.keepLog = false;
            final Market restored = new Market(EngineConfig.small(), new NoEvents());
            new SnapshotReader().read(file, restored.engine);
            market.log.forEach(restored::apply);
            assertEquals(market.engine.eventDigest(), restored.engine.eventDigest());
            assertEquals(market.engine.stateHash(), restored.engine.stateHash());
        }
    }
}
