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

/** The search by the meter that it has on a machine: a real rival on the core can be switched. */
class PlantedEffectTest {
    private static final long MEASUREMENT_NS = 50_000_000L;
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

    private SettingSearch.Verdict search(final Candidate candidate) throws Exception {
        return new SettingSearch(this::lostNs, ROUNDS, 1, step -> {})
                .search(List.of(candidate))
                .getFirst();
    }

    private double lostNs() throws InterruptedException {
        return 1.0 + HiccupMeter.measure(CpuSet.of(cpu), MEASUREMENT_NS).getFirst().lostNs();
    }

    @Test
    void shouldProveThatARivalWhoRestsHelps() throws Exception {
        final SettingSearch.Verdict verdict = search(rivalThat(false));
        assertTrue(verdict.helps(), verdict::toString);
        assertTrue(verdict.effect().high() < 0, verdict::toString);
    }

    @Test
    void shouldNotCallARivalWhoComesAHelp() throws Exception {
        final SettingSearch.Verdict verdict = search(rivalThat(true));
        assertFalse(verdict.helps(), verdict::toString);
        assertTrue(verdict.effect().low() > 0, verdict::toString);
    }
}
