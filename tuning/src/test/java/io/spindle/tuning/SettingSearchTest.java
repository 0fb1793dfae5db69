package io.spindle.tuning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.tuning.search.Candidate;
import io.spindle.tuning.search.Effect;
import io.spindle.tuning.search.SettingSearch;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * The search on a machine whose truth is known: noise, drift, one planted effect, planted nulls.
 */
class SettingSearchTest {
    private static final int SEARCHES = 400;

    /** A machine with heavy-tailed noise and slow drift; each switch multiplies the metric. */
    private static final class PlantedMachine {
        final Random random;
        double factor = 1;
        double drift = 1;

        PlantedMachine(final long seed) {
            random = new Random(seed);
        }

        double measure() {
            drift *= 1 + 0.02 * random.nextGaussian();
            final double burst = random.nextInt(20) == 0 ? 3 : 1;
            return 1e6 * factor * drift * burst * Math.exp(0.1 * random.nextGaussian());
        }

        Candidate planted(final String name, final double effect) {
            return new Candidate() {
                private boolean isOn;

                @Override
                public String name() {
                    return name;
                }

                @Override
                public void on() {
                    factor *= isOn ? 1 : effect;
                    isOn = true;
                }

                @Override
                public void off() {
                    factor /= isOn ? effect : 1;
                    isOn = false;
                }
            };
        }
    }

    private static Candidate refusing() {
        return new Candidate() {
            @Override
            public String name() {
                return "refusing";
            }

            @Override
            public void on() throws IOException {
                throw new IOException("Input/output error");
            }

            @Override
            public void off() {}
        };
    }

    private static List<SettingSearch.Verdict> search(final long seed, final double... effects)
            throws Exception {
        final PlantedMachine machine = new PlantedMachine(seed);
        final List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < effects.length; i++) {
            candidates.add(machine.planted("setting" + i, effects[i]));
        }
        final var verdicts =
                new SettingSearch(machine::measure, 16, seed, step -> {}).search(candidates);
        assertEquals(1, machine.factor, 1e-9, "everything is off afterwards");
        return verdicts;
    }

    @Test
    void shouldFindAPlantedEffectAmongNulls() throws Exception {
        int found = 0;
        for (int seed = 0; seed < SEARCHES; seed++) {
            for (final var verdict : search(seed, 1, 0.7, 1, 1)) {
                if (verdict.candidate().equals("setting1") && verdict.helps()) {
                    found++;
                    assertTrue(verdict.effect().change() < 0);
                }
            }
        }
        assertTrue(found >= 0.95 * SEARCHES, "found " + found + " of " + SEARCHES);
    }

    @Test
    void shouldClaimNothingWhereNothingIsMoreOftenThanTheStatedErrorRate() throws Exception {
        int wrong = 0;
        for (int seed = 0; seed < SEARCHES; seed++) {
            if (search(seed, 1, 1, 1, 1, 1).stream().anyMatch(SettingSearch.Verdict::helps)) {
                wrong++;
            }
        }
        // Mean 20 of 400 at most by construction; 34 is more than three standard deviations above.
        assertTrue(wrong <= 34, wrong + " wrong claims in " + SEARCHES + " searches");
    }

    @Test
    void shouldNotCallHarmHelp() throws Exception {
        assertFalse(search(7, 1.5).getFirst().helps());
        assertTrue(search(7, 1.5).getFirst().effect().change() > 0.2);
    }

    @Test
    void shouldLeaveOutWhatRefusesAndJudgeTheRest() throws Exception {
        final PlantedMachine machine = new PlantedMachine(7);
        final var verdicts =
                new SettingSearch(machine::measure, 16, 7, step -> {})
                        .search(List.of(refusing(), machine.planted("setting", 0.1)));
        assertEquals(
                List.of("setting", "refusing"),
                verdicts.stream().map(SettingSearch.Verdict::candidate).toList());
        assertTrue(verdicts.getFirst().helps());
        assertFalse(verdicts.getFirst().refused());
        assertTrue(verdicts.getLast().problem().contains("Input/output error"));
        assertFalse(verdicts.getLast().helps());
    }

    /** As a line does that switches the measured CPU off. */
    @Test
    void shouldLeaveOutWhatCannotBeMeasuredAndKeepTheOtherVerdicts() throws Exception {
        final PlantedMachine machine = new PlantedMachine(7);
        final double gone = 1e9;
        final var verdicts =
                new SettingSearch(
                                () -> {
                                    if (machine.factor > gone / 2) {
                                        throw new IOException("cpu 3 cannot be measured");
                                    }
                                    return machine.measure();
                                },
                                16,
                                7,
                                step -> {})
                        .search(
                                List.of(
                                        machine.planted("setting", 0.1),
                                        machine.planted("taking", gone)));
        assertTrue(verdicts.getFirst().helps());
        assertEquals("taking", verdicts.getLast().candidate());
        assertTrue(verdicts.getLast().problem().contains("cpu 3 cannot be measured"));
        assertEquals(1, machine.factor, 1e-9, "everything is off afterwards");
    }

    @Test
    void shouldHoldTheTruthInItsIntervalAsOftenAsItSays() throws Exception {
        int held = 0;
        for (int seed = 0; seed < SEARCHES; seed++) {
            final Effect effect = search(seed, 0.7).getFirst().effect();
            assertTrue(effect.low() <= effect.change() && effect.change() <= effect.high());
            if (effect.low() <= -0.3 && -0.3 <= effect.high()) {
                held++;
            }
        }
        // 380 of 400 at least on average; 367 is three standard deviations below.
        assertTrue(held >= 367, "the truth was in " + held + " of " + SEARCHES);
    }

    @Test
    void shouldBoundAnEffectByAllRoundsWhereTheyAreFewest() throws Exception {
        final double[] lost = {90, 80, 70, 60, 50, 40};
        final Effect effect = exactly(lost).effect();
        assertEquals(-0.6, effect.low(), 1e-9);
        assertEquals(-0.1, effect.high(), 1e-9);
    }

    /** One candidate that leaves so many of a hundred in each round. */
    private static SettingSearch.Verdict exactly(final double... left) throws Exception {
        final boolean[] isOn = new boolean[1];
        final int[] measured = new int[1];
        final Candidate candidate =
                new Candidate() {
                    @Override
                    public String name() {
                        return "exact";
                    }

                    @Override
                    public void on() {
                        isOn[0] = true;
                    }

                    @Override
                    public void off() {
                        isOn[0] = false;
                    }
                };
        return new SettingSearch(
                        () -> {
                            final int round = measured[0]++ / SettingSearch.PER_ROUND;
                            return isOn[0] ? left[round] : 100;
                        },
                        left.length,
                        1,
                        step -> {})
                .search(List.of(candidate))
                .getFirst();
    }

    @Test
    void shouldWantMoreRoundsOfMoreCandidates() {
        assertEquals(6, SettingSearch.fewestRounds(1));
        assertEquals(9, SettingSearch.fewestRounds(15));
        assertEquals(10, SettingSearch.fewestRounds(48));
        final PlantedMachine machine = new PlantedMachine(7);
        final List<Candidate> candidates =
                IntStream.range(0, 15).mapToObj(i -> machine.planted("setting" + i, 1)).toList();
        final SettingSearch search = new SettingSearch(machine::measure, 8, 7, step -> {});
        assertThrows(IllegalArgumentException.class, () -> search.search(candidates));
    }
}
