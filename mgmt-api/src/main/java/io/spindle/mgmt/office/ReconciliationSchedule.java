package io.spindle.mgmt.office;

import io.spindle.mgmt.api.ApiProblem;
import io.spindle.mgmt.background.BackgroundLoop;
import io.spindle.mgmt.control.AdminCommand;
import io.spindle.mgmt.view.View;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Reconciles every file in an inbox: when the process starts, and then every so often. Files stay
 * where they are; whoever delivers them replaces them.
 */
public final class ReconciliationSchedule implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReconciliationSchedule.class);
    private static final String KIND = "schedule";
    private static final String KEY = "reconciliation";
    private static final String AUTHOR = "schedule";
    private static final int DEFAULT_SECONDS = 300;
    private static final long LOOK_MS = 1_000;

    /**
     * How often, and whether to settle what can be settled.
     *
     * @param everySeconds 0 for never
     */
    public record Setting(int everySeconds, boolean settle) {}

    private static final Setting DEFAULT = new Setting(DEFAULT_SECONDS, false);

    private final Reconciliation reconciliation;
    private final Notes notes;
    private final Path inbox;
    private final BackgroundLoop loop =
            new BackgroundLoop(
                    Thread.ofPlatform().name("spindle-reconciliation").daemon(),
                    "the inbox is not reconciled",
                    this::runIfDue);
    private volatile Map<String, String> faults = Map.of();
    private long lastRunNs;
    private boolean hasRun;

    ReconciliationSchedule(
            final Reconciliation reconciliation, final Notes notes, final Path inbox) {
        this.reconciliation = reconciliation;
        this.notes = notes;
        this.inbox = inbox;
    }

    /** Begins; the first run is at once. */
    void start() {
        loop.start(0, LOOK_MS);
    }

    private Setting setting() {
        return notes.read(KIND, KEY, Setting.class).orElse(DEFAULT);
    }

    /** How often it runs, at a reading. */
    public static Setting setting(final View.Reading now) {
        return Notes.read(now, KIND, KEY, Setting.class).orElse(DEFAULT);
    }

    /** What makes it another setting. */
    public static AdminCommand command(final UUID request, final Setting setting, final String by) {
        return Notes.command(request, KIND, KEY, by, setting);
    }

    /** Files that could not be read at the last run, and why. */
    public Map<String, String> faults() {
        return faults;
    }

    private long runIfDue() throws InterruptedException {
        final Setting setting = setting();
        final long nowNs = System.nanoTime();
        final boolean due =
                !hasRun || nowNs - lastRunNs >= TimeUnit.SECONDS.toNanos(setting.everySeconds());
        if (due && setting.everySeconds() > 0 && isCurrent()) {
            hasRun = true;
            lastRunNs = nowNs;
            run();
        }
        return LOOK_MS;
    }

    /** A process that has not heard all of the log yet would miss in it what is there. */
    private boolean isCurrent() throws InterruptedException {
        try {
            reconciliation.awaitCurrent();
            return true;
        } catch (final IOException behind) {
            return false;
        }
    }

    /**
     * Takes every file of the inbox, in the order of their names. What is wrong with one of them,
     * or goes wrong with it here, does not concern the next.
     */
    public synchronized void run() throws InterruptedException {
        final Map<String, String> found = new TreeMap<>();
        for (final Path file : files()) {
            final String name = file.getFileName().toString();
            try {
                reconciliation.run(
                        ExternalFileReader.read(name, Files.readAllBytes(file)),
                        setting().settle(),
                        AUTHOR);
            } catch (final FaultyFile | IOException | ApiProblem fault) {
                LOG.warn("reconciliation of {}: {}", name, fault.getMessage());
                found.put(name, fault.getMessage());
            } catch (final RuntimeException | Error fault) {
                LOG.error("reconciliation of {}", name, fault);
                found.put(name, fault.toString());
            }
        }
        faults = Collections.unmodifiableMap(found);
    }

    private List<Path> files() {
        if (!Files.isDirectory(inbox)) {
            return List.of();
        }
        try (var names = Files.list(inbox)) {
            return names.filter(file -> file.toString().endsWith(".csv")).sorted().toList();
        } catch (final IOException gone) {
            LOG.warn("inbox {}: {}", inbox, gone.toString());
            return List.of();
        }
    }

    @Override
    public void close() {
        loop.close();
    }
}
