package io.spindle.tuning;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.affinity.CpuSet;
import io.spindle.tuning.measure.HiccupMeter;
import io.spindle.tuning.search.Candidate;
import io.spindle.tuning.search.SettingSearch;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** The search by the meter that it has on a machine: a real rival on the core can be switched. */
class PlantedEffectTest {
    private static final long MEASUREMENT_NS = 50_000_000L;
    private static final int SEARCHES = 5;
    private static final int ROUNDS = 8;

    private final int cpu = CpuSet.ofCallingThread().toList().getLast();
    private volatile boolean competing;
    private volatile boolean ended;
    private Thread rival;

    @BeforeEach
    void bringTheRival() {
        rival = Thread.ofPlatform().name("rival").start(this::compete);
    }

    @AfterEach
    void endIt() throws InterruptedException {
        ended = true;
        LockSupport.unpark(rival);
        rival.join();
    }

    private void compete() {
        CpuSet.of(cpu).applyToCallingThread();
        while (!ended) {
            if (competing) {
                Thread.onSpinWait();
            } else {
                LockSupport.park(this);
            }
        }
    }

    private Candidate rivalThat(final boolean competesWhenOn) {
        return new Candidate() {
            @Override
            public String name() {
                return "rival";
            }

            @Override
            public void on() {
                setCompeting(competesWhenOn);
            }

            @Override
            public void off() {
                setCompeting(!competesWhenOn);
            }
        };
    }

    private void setCompeting(final boolean wanted) {
        competing = wanted;
        LockSupport.unpark(rival);
    }

    /** Again, where other programs were louder than the rival. */
    private SettingSearch.Verdict search(
            final Candidate candidate, final Predicate<SettingSearch.Verdict> isProved)
            throws Exception {
        SettingSearch.Verdict verdict = null;
        for (int i = 0; i < SEARCHES && (verdict == null || !isProved.test(verdict)); i++) {
            verdict =
                    new SettingSearch(this::lostNs, ROUNDS, i, step -> {})
                            .search(List.of(candidate))
                            .getFirst();
        }
        return verdict;
    }

    private double lostNs() throws InterruptedException {
        return 1.0 + HiccupMeter.measure(CpuSet.of(cpu), MEASUREMENT_NS).getFirst().lostNs();
    }

    @Test
    void shouldProveThatARivalWhoRestsHelps() throws Exception {
        final SettingSearch.Verdict verdict =
                search(rivalThat(false), one -> one.effect().high() < 0);
        assertTrue(verdict.helps(), verdict::toString);
        assertTrue(verdict.effect().high() < 0, verdict::toString);
    }

    @Test
    void shouldNotCallARivalWhoComesAHelp() throws Exception {
        final SettingSearch.Verdict verdict =
                search(rivalThat(true), one -> one.effect().low() > 0);
        assertFalse(verdict.helps(), verdict::toString);
        assertTrue(verdict.effect().low() > 0, verdict::toString);
    }
}
