package io.spindle.perf.soak;

import io.spindle.perf.jvm.FlightLog;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/**
 * Judges a soak: the first fifth is for settling, and what follows is cut in two halves. Whatever a
 * steady appliance does at all, it does no more of it in the second half than in the first.
 */
final class SoakVerdict {
    private static final int SETTLING_FIFTHS = 5;

    /** Behind a fifth for settling, half of the rest. */
    static final int MIDDLE_FIFTHS = 3;

    private static final int FEWEST_SAMPLES = 10;
    private static final Duration LEAST_SLICE = Duration.ofSeconds(1);
    private static final Duration SHORTEST = Duration.ofSeconds(2 * FEWEST_SAMPLES);
    private static final long FAULTS_ALLOWED = 10;
    private static final double SWITCHES_FACTOR = 2;
    private static final double SWITCHES_PER_SECOND = 10;
    private static final long RING_BYTES_ALLOWED = 4 << 20;
    private static final double GROWTH_FACTOR = 1.10;
    private static final long GROWTH_KIB = 16 << 10;

    /** Reading UTC once a second, to slew the log's clock, makes one object of 24 bytes. */
    private static final double BYTES_PER_SECOND = 64;

    /** What is rarely done is compiled late: a login, after two hundred of them. */
    private static final long COMPILE_MS = 50;

    private static final String TRADING_THREAD = "main";

    private final List<String> lines = new ArrayList<>();
    private final List<SoakSample> first;
    private final List<SoakSample> second;
    private boolean flat = true;

    /**
     * @param samples of the whole run, in order
     */
    SoakVerdict(final List<SoakSample> samples) {
        if (samples.size() < FEWEST_SAMPLES) {
            throw new IllegalArgumentException(
                    samples.size() + " samples: too few to judge, " + FEWEST_SAMPLES + " wanted");
        }
        final int begin = samples.size() / SETTLING_FIFTHS;
        final int middle = (begin + samples.size()) / 2;
        first = samples.subList(begin, middle);
        second = samples.subList(middle, samples.size());
        judgeKernel();
        judgeRing();
        ApplianceProbe.PROCESSES.forEach(this::judgeMemory);
    }

    /**
     * Refuses times by which nothing is judged: a slice that begins at the end of the first half
     * must leave some of the second, and there are samples once a second.
     *
     * @param duration of the load
     * @param slice how long each profile is played
     */
    static void checkTimes(final Duration duration, final Duration slice) {
        if (slice.compareTo(LEAST_SLICE) < 0
                || slice.multipliedBy(SETTLING_FIFTHS).compareTo(duration) > 0) {
            throw new IllegalArgumentException(
                    "a slice of %d s: at least one second, and at most a fifth of the %d s of load"
                            .formatted(slice.toSeconds(), duration.toSeconds()));
        }
        if (duration.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException(
                    "%d s of load: at least %d s"
                            .formatted(duration.toSeconds(), SHORTEST.toSeconds()));
        }
    }

    /** When judging begins, from the start of the load, s. */
    double beginS() {
        return first.getFirst().atS();
    }

    /** When the second half begins, from the start of the load, s. */
    double middleS() {
        return second.getFirst().atS();
    }

    private void judgeKernel() {
        final long minor = growth(second, SoakSample::minorFaults);
        judge(
                minor <= FAULTS_ALLOWED,
                "minor page faults",
                growth(first, SoakSample::minorFaults),
                minor);
        final long major = growth(second, SoakSample::majorFaults);
        judge(major == 0, "major page faults", growth(first, SoakSample::majorFaults), major);
        final long before = growth(first, SoakSample::involuntarySwitches);
        final long after = growth(second, SoakSample::involuntarySwitches);
        final double seconds = second.getLast().atS() - second.getFirst().atS();
        judge(
                after <= SWITCHES_FACTOR * before + SWITCHES_PER_SECOND * seconds,
                "involuntary switches",
                before,
                after);
    }

    private void judgeRing() {
        final long before = highest(first, SoakSample::ringBytes);
        final long after = highest(second, SoakSample::ringBytes);
        judge(
                after <= 2 * before + RING_BYTES_ALLOWED,
                "log ring high-water, bytes",
                before,
                after);
    }

    private void judgeMemory(final String process) {
        final long before = highest(first, sample -> sample.anonymousKib().get(process));
        final long after = highest(second, sample -> sample.anonymousKib().get(process));
        if (process.equals(ApplianceProbe.COLLECTED)) {
            lines.add(line(process + " anonymous memory, KiB", before, after, "by what lives"));
        } else {
            judge(isFlat(before, after), process + " anonymous memory, KiB", before, after);
        }
    }

    /**
     * Judges a heap that grows up to its bound before it is collected whole.
     *
     * @param before KiB left of it after a collection in the middle
     * @param after KiB left of it after one at the end
     */
    void judgeLiving(final long before, final long after) {
        judge(
                isFlat(before, after),
                ApplianceProbe.COLLECTED + " living objects, KiB",
                before,
                after);
    }

    private static boolean isFlat(final long before, final long after) {
        return after <= GROWTH_FACTOR * before + GROWTH_KIB;
    }

    /** Judges what the trading process recorded of itself. */
    void judgeJvm(final FlightLog log, final Instant start) {
        final Instant begin = start.plusMillis((long) (beginS() * 1e3));
        final Instant middle = start.plusMillis((long) (middleS() * 1e3));
        final Instant end = start.plusMillis((long) (second.getLast().atS() * 1e3));
        final long bytes = log.allocated(TRADING_THREAD, middle, end);
        final double seconds = second.getLast().atS() - second.getFirst().atS();
        judge(
                bytes <= BYTES_PER_SECOND * seconds,
                "bytes allocated by the trading thread",
                log.allocated(TRADING_THREAD, begin, middle),
                bytes);
        if (bytes > BYTES_PER_SECOND * seconds) {
            log.allocationSites(TRADING_THREAD, middle, end).forEach(it -> lines.add("    " + it));
        }
        final List<String> thrownAway = log.deoptimisations(TRADING_THREAD, middle, end);
        judge(
                thrownAway.isEmpty(),
                "deoptimisations",
                log.deoptimisations(TRADING_THREAD, begin, middle).size(),
                thrownAway.size());
        thrownAway.forEach(line -> lines.add("    " + line));
        final List<String> compiled = log.compilations(middle, end);
        final long before = log.compilationMs(begin, middle);
        final long after = log.compilationMs(middle, end);
        judge(after <= before + COMPILE_MS, "compiling of our methods, ms", before, after);
        compiled.forEach(line -> lines.add("    " + line));
        final long collections = log.collections(middle, end);
        judge(
                collections <= 1,
                "collections of the trading heap",
                log.collections(begin, middle),
                collections);
    }

    private void judge(final boolean ok, final String what, final long before, final long after) {
        flat &= ok;
        lines.add(line(what, before, after, ok ? "flat" : "NOT FLAT"));
    }

    private static String line(
            final String what, final long before, final long after, final String verdict) {
        return String.format(Locale.ROOT, "%-38s %,14d %,14d  %s", what, before, after, verdict);
    }

    private static long growth(
            final List<SoakSample> samples, final ToLongFunction<SoakSample> value) {
        return value.applyAsLong(samples.getLast()) - value.applyAsLong(samples.getFirst());
    }

    private static long highest(
            final List<SoakSample> samples, final ToLongFunction<SoakSample> value) {
        return samples.stream().mapToLong(value).max().orElse(0);
    }

    boolean isFlat() {
        return flat;
    }

    /** One line for each thing judged: first half, second half, verdict. */
    List<String> lines() {
        return List.copyOf(lines);
    }
}
