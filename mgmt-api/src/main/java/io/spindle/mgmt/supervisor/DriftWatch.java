package io.spindle.mgmt.supervisor;

import io.spindle.tuning.launch.LaunchPlan;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Looks whether the machine is still as the profile wants it: says of each setting once that it has
 * come to differ and once that it no longer does, and notes for mgmt all that differ now.
 *
 * <p><i>Called from</i> one thread, which is not the supervisor's: a file of the kernel may be slow
 * to answer.
 */
public final class DriftWatch {
    private static final long PERIOD_MS = TimeUnit.SECONDS.toMillis(2);

    private final LaunchPlan launch;
    private final RunFolder folder;
    private final Consumer<String> report;

    /** By setting, in words. */
    private SequencedMap<String, String> known;

    private List<String> noted = List.of();
    private String trouble = "";

    /**
     * @param launch whose drift is known already
     * @param folder in which nothing is noted
     * @param report takes a line whenever a setting drifts, or no longer does
     */
    public DriftWatch(
            final LaunchPlan launch, final RunFolder folder, final Consumer<String> report) {
        this.launch = launch;
        this.folder = folder;
        this.report = report;
        this.known = launch.drift();
    }

    /**
     * One look at every setting.
     *
     * @throws UncheckedIOException if it cannot be noted
     */
    void look() {
        final SequencedMap<String, String> before = known;
        known = launch.now().drift();
        known.forEach(
                (setting, words) -> {
                    if (!before.containsKey(setting)) {
                        report.accept("drift: " + words);
                    }
                });
        before.keySet().stream()
                .filter(setting -> !known.containsKey(setting))
                .forEach(setting -> report.accept("drift ended: " + setting));
        final List<String> words = List.copyOf(known.values());
        if (!words.equals(noted)) {
            folder.noteDrift(words);
            noted = words;
        }
    }

    /** Looks every two seconds until the thread is interrupted. */
    public void run() {
        while (!Thread.currentThread().isInterrupted()) {
            attempt();
            try {
                Thread.sleep(PERIOD_MS);
            } catch (final InterruptedException end) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** That it cannot look or note is said once, until it can. */
    private void attempt() {
        String said = "";
        try {
            look();
        } catch (final RuntimeException failure) { // nothing that goes wrong ends the watch
            said = "drift: " + failure.getMessage();
            if (!said.equals(trouble) && !Thread.currentThread().isInterrupted()) {
                report.accept(said);
            }
        }
        trouble = said;
    }
}
