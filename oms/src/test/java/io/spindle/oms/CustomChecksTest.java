package io.spindle.oms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.List;

/** Checks that configuration adds. */
class CustomChecksTest {
    private static final long UNITS = 10_000;

    /** Takes no order of thirteen and no trade of seven. */
    static final class Superstition implements OrderCheck {
        @Override
        public String name() {
            return "superstition";
        }

        @Override
        public int longsPerAccount() {
            return 1;
        }

        @Override
        public boolean passes(
                final int instrument,
                final boolean buys,
                final long quantity,
                final long price,
                final CheckState state) {
            if (quantity == 13) {
                throw new IllegalArgumentException("13");
            }
            return true;
        }

        @Override
        public void onTrade(
                final int instrument,
                final boolean bought,
                final long quantity,
                final long price,
                final CheckState state) {
            if (quantity == 7) {
                throw new IllegalStateException("7");
            }
            state.set(0, state.get(0) + 1);
        }
    }

    @Test
    void shouldOutliveACheckThatThrows() {
        final Market checked = new Market(EngineConfig.small(), List.of(new Superstition()));
        SampleMarket.write(checked);
        checked.events.take();
        assertEquals(
                List.of("risk superstition limit=0 value=0", "rejected 0#1 CUSTOM_CHECK"),
                checked.enter(0, 1, 'B', 13, UNITS));
        checked.enter(0, 2, 'S', 7, UNITS);
        checked.enter(1, 1, 'B', 7, UNITS);
        assertEquals(
                List.of("risk superstition limit=0 value=1", "rejected 1#2 CUSTOM_CHECK"),
                checked.enter(1, 2, 'B', 1, UNITS));
        assertTrue(checked.enter(2, 1, 'B', 1, UNITS).getFirst().startsWith("accepted"));
    }

    @Test
    void shouldRunConfiguredChecksInOrderAndNameThem() {
        final Market checked =
                new Market(
                        EngineConfig.small(),
                        CustomChecks.load(List.of("io.spindle.oms.TradesPerDay:2")));
        SampleMarket.write(checked);
        checked.events.take();
        checked.enter(0, 1, 'S', 10, UNITS);
        checked.enter(1, 1, 'B', 1, UNITS);
        checked.enter(1, 2, 'B', 1, UNITS);
        assertEquals(
                List.of("risk trades per day limit=2 value=3", "rejected 1#3 CUSTOM_CHECK"),
                checked.enter(1, 3, 'B', 1, UNITS));
        checked.dayStart(20261121, 1);
        assertTrue(checked.enter(1, 4, 'B', 1, UNITS).getFirst().startsWith("accepted"));
    }
}
