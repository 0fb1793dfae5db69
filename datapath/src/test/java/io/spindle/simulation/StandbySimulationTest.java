package io.spindle.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.agrona.IoUtil;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Runs of {@link StandbySimulation}. A failure names its seed; {@code -Dspindle.sim.standby.seed=N}
 * runs that one alone.
 */
@Timeout(3600)
class StandbySimulationTest {
    private static final Path MEMORY = Path.of("/dev/shm");
    private static final int SEEDS_PER_BUILD = 6;
    private static final int SEEDS_FOR_EVERY_FAULT = 40;
    private static final int FRESH_SEEDS = Integer.getInteger("spindle.sim.standby.seeds", 100);

    /** The same seeds with every build until everything befell it, or the one asked for. */
    @Test
    void shouldHaveOnePrimaryAndLoseNothingOnFixedSeeds() throws IOException {
        final Long asked = Long.getLong("spindle.sim.standby.seed");
        final StandbyReport sum = new StandbyReport();
        if (asked != null) {
            sum.add(run(asked, false));
        } else {
            for (long seed = 1;
                    seed <= SEEDS_PER_BUILD
                            || seed <= SEEDS_FOR_EVERY_FAULT && !sum.missed().isEmpty();
                    seed++) {
                sum.add(run(seed, false));
            }
        }
        System.out.println(sum);
        if (asked == null) {
            assertEquals(List.of(), sum.missed());
        }
    }

    @Test
    @Tag("campaign")
    void shouldHaveOnePrimaryAndLoseNothingOnFreshSeeds() throws IOException {
        final SplittableRandom seeds = new SplittableRandom();
        final StandbyReport sum = new StandbyReport();
        for (int i = 0; i < FRESH_SEEDS; i++) {
            sum.add(run(seeds.nextLong(Long.MAX_VALUE), false));
        }
        System.out.println(sum);
    }

    /** A bug on purpose: a standby that takes over although it has promised not to. */
    @Test
    void shouldFindAStandbyThatDoesNotWait() {
        final AssertionError found =
                assertThrows(
                        AssertionError.class,
                        () -> {
                            for (long seed = 1; seed <= SEEDS_PER_BUILD; seed++) {
                                run(seed, true);
                            }
                        });
        System.out.println("canary of the standby found: " + found.getMessage());
    }

    private static StandbyReport run(final long seed, final boolean canary) throws IOException {
        final Path folder = Files.createTempDirectory(MEMORY, "spindle-sim");
        try (StandbySimulation simulation = new StandbySimulation(seed, folder, canary)) {
            return simulation.run();
        } catch (final RuntimeException | AssertionError failure) {
            throw new AssertionError(
                    "seed %d: %s. Again: mvn test -pl datapath -am -Dtest=StandbySimulationTest -Dspindle.sim.standby.seed=%d"
                            .formatted(seed, failure, seed),
                    failure);
        } finally {
            IoUtil.delete(folder.toFile(), true);
        }
    }
}
