package io.spindle.perf.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

final class SoakVerdictTest {
    private static final int SECONDS = 100;

    private static List<SoakSample> samples(final IntFunction<SoakSample> at) {
        final List<SoakSample> samples = new ArrayList<>();
        for (int second = 0; second < SECONDS; second++) {
            samples.add(at.apply(second));
        }
        return samples;
    }

    private static SoakSample steady(final int second) {
        return sample(second, 0, 0, second * 3L, 40_000 + second % 7, 200_000);
    }

    private static SoakSample sample(
            final int second,
            final long minor,
            final long major,
            final long switches,
            final long ring,
            final long tradingKib) {
        return new SoakSample(
                second,
                minor,
                major,
                switches,
                ring,
                Map.of("media", 80_000L, "trading", tradingKib, "feed", 90_000L, "mgmt", 90_000L));
    }

    private static void assertBroken(final String what, final IntFunction<SoakSample> at) {
        final SoakVerdict verdict = new SoakVerdict(samples(at));
        assertFalse(verdict.isFlat(), what);
        final List<String> broken =
                verdict.lines().stream().filter(line -> line.endsWith("NOT FLAT")).toList();
        assertEquals(1, broken.size(), broken::toString);
        assertTrue(broken.getFirst().startsWith(what), broken::toString);
    }

    @Test
    void shouldCallASteadyRunFlat() {
        final SoakVerdict verdict = new SoakVerdict(samples(SoakVerdictTest::steady));
        assertTrue(verdict.isFlat(), () -> verdict.lines().toString());
        assertEquals(20, verdict.beginS());
        assertEquals(60, verdict.middleS());
    }

    @Test
    void shouldForgiveWhatHappenedWhileSettling() {
        final SoakVerdict verdict =
                new SoakVerdict(
                        samples(second -> sample(second, Math.min(second, 19), 0, 0, 0, 200_000)));
        assertTrue(verdict.isFlat(), () -> verdict.lines().toString());
    }

    @Test
    void shouldNameWhatCreeps() {
        assertBroken("minor page faults", s -> sample(s, s * 2L, 0, 0, 0, 200_000));
        assertBroken("major page faults", s -> sample(s, 0, s / 90, 0, 0, 200_000));
        assertBroken("involuntary switches", s -> sample(s, 0, 0, s > 80 ? s * 900L : 0, 0, 1));
        assertBroken("log ring high-water", s -> sample(s, 0, 0, 0, s > 80 ? 50_000_000L : 0, 1));
        assertBroken("trading anonymous memory", s -> sample(s, 0, 0, 0, 0, 20_000 + s * 3_000L));
    }

    @Test
    void shouldJudgeACollectedHeapByWhatItKeeps() {
        final SoakVerdict grown = new SoakVerdict(samples(SoakVerdictTest::steady));
        grown.judgeLiving(500_000, 565_000);
        assertTrue(grown.isFlat(), "a tenth and 16 MiB are allowed: " + grown.lines());
        grown.judgeLiving(500_000, 570_000);
        assertFalse(grown.isFlat(), "more is a leak");
    }

    @Test
    void shouldSumWhatAHeapKeepsWhateverItsCollector() throws IOException {
        final String serial =
                "123:\nDefNew     total 19648K, used 7K [0x0, 0x1)\n"
                        + " eden space 17472K,   0% used [0x0, 0x1)\n"
                        + "Tenured    total 43712K, used 5814K [0x0, 0x1)\n"
                        + " Metaspace       used 300K, committed 512K\n"
                        + "  class space    used 20K, committed 128K\n";
        assertEquals(5_821, ApplianceProbe.usedKib(serial));
        final String g1 =
                "123:\n garbage-first heap   total reserved 65536K, committed 1K, used 2518K [0x0)\n"
                        + "  region size 1024K, 1 young (1024K), 0 survivors (0K)\n";
        assertEquals(2_518, ApplianceProbe.usedKib(g1));
        assertThrows(IOException.class, () -> ApplianceProbe.usedKib("no such process"));
    }

    @Test
    void shouldRefuseTimesThatLeaveTheSecondHalfWithoutLoad() {
        check(60, 12);
        check(600, 15);
        assertThrows(IllegalArgumentException.class, () -> check(60, 13));
        assertThrows(IllegalArgumentException.class, () -> check(60, 600));
        assertThrows(IllegalArgumentException.class, () -> check(60, 0));
        assertThrows(IllegalArgumentException.class, () -> check(19, 1));
    }

    private static void check(final long seconds, final long sliceSeconds) {
        SoakVerdict.checkTimes(Duration.ofSeconds(seconds), Duration.ofSeconds(sliceSeconds));
    }

    @Test
    void shouldSayWhichTimesItTakes() {
        final StringWriter said = new StringWriter();
        final int code =
                new CommandLine(new SoakCommand())
                        .setErr(new PrintWriter(said, true))
                        .execute("--minutes", "1", "--slice", "60");
        assertEquals(2, code);
        assertTrue(said.toString().contains("a slice of 60 s"), said::toString);
    }

    @Test
    void shouldRefuseToJudgeTooLittle() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new SoakVerdict(samples(SoakVerdictTest::steady).subList(0, 9)));
    }
}
