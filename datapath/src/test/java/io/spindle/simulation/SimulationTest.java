package io.spindle.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.agrona.IoUtil;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Runs of {@link Simulation}. A failure names its seed; {@code -Dspindle.sim.seed=N} runs that one
 * alone.
 */
@Timeout(3600)
class SimulationTest {
    private static final Path MEMORY = Path.of("/dev/shm");
    private static final int SEEDS_PER_BUILD = 6;
    private static final int SEEDS_FOR_EVERY_POINT = 40;
    private static final int SEEDS_FOR_A_CANARY = 300;
    private static final long SECONDS = Long.getLong("spindle.sim.seconds", 15);

    /** The same seeds with every build until it died at every point, or the one asked for. */
    @Test
    void shouldKeepEveryPromiseOnFixedSeeds() throws IOException {
        final Long asked = Long.getLong("spindle.sim.seed");
        final SimReport sum = new SimReport();
        if (asked != null) {
            sum.add(run(asked, Canary.NONE));
        } else {
            for (long seed = 1;
                    seed <= SEEDS_PER_BUILD
                            || seed <= SEEDS_FOR_EVERY_POINT && !sum.pointsMissed().isEmpty();
                    seed++) {
                sum.add(run(seed, Canary.NONE));
            }
        }
        System.out.println(sum);
        if (asked == null) {
            assertEquals(List.of(), sum.pointsMissed());
        }
    }

    @Test
    void shouldRepeatItself() throws IOException {
        assertEquals(run(4, Canary.NONE).toString(), run(4, Canary.NONE).toString());
    }

    /** Other seeds every time, for {@code -Dspindle.sim.seconds} (15). */
    @Test
    void shouldKeepEveryPromiseOnFreshSeeds() throws IOException {
        final SplittableRandom seeds = new SplittableRandom();
        final long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        final SimReport sum = new SimReport();
        while (System.nanoTime() - endNs < 0) {
            sum.add(run(seeds.nextLong(Long.MAX_VALUE), Canary.NONE));
        }
        System.out.println(sum);
    }

    @Test
    void shouldFindAnswersThatLeaveTooEarly() throws IOException {
        find(Canary.ANSWERS_TOO_EARLY);
    }

    @ParameterizedTest
    @Tag("campaign")
    @EnumSource(
            names = {
                "ANSWERS_TOO_EARLY",
                "RELEASES_TOO_EARLY",
                "SNAPSHOTS_BEFORE_THE_LOG_IS_ON_DISK"
            })
    void shouldFindBugsOnPurpose(final Canary canary) throws IOException {
        find(canary);
    }

    private static void find(final Canary canary) throws IOException {
        for (long seed = 1; seed <= SEEDS_FOR_A_CANARY; seed++) {
            try {
                run(seed, canary);
            } catch (final AssertionError found) {
                System.out.println(
                        "canary %s found by seed %d: %s"
                                .formatted(canary, seed, found.getMessage()));
                return;
            }
        }
        throw new AssertionError(canary + " lived through " + SEEDS_FOR_A_CANARY + " seeds");
    }

    private static SimReport run(final long seed, final Canary canary) throws IOException {
        final Path folder = Files.createTempDirectory(MEMORY, "spindle-sim");
        try (Simulation simulation = new Simulation(seed, folder, canary)) {
            return simulation.run();
        } catch (final RuntimeException | AssertionError failure) {
            throw new AssertionError(
                    "seed %d: %s. Again: mvn test -pl datapath -am -Dtest=SimulationTest -Dspindle.sim.seed=%d"
                            .formatted(seed, failure, seed),
                    failure);
        } finally {
            IoUtil.delete(folder.toFile(), true);
        }
    }
}
