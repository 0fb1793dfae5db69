package io.spindle.mgmt.supervisor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Starts the processes of an appliance in order, starts the dead ones again, and ends all in order.
 *
 * <p>Its own death changes nothing for trading: the children go on, and the next supervisor ends
 * what it finds left over before it starts its own.
 */
public final class Supervisor implements AutoCloseable {
    static final long POLL_MS = 20;
    private static final long GRACE_MS = 15_000;

    private final RunFolder folder;
    private final List<Child> startOrder = new ArrayList<>();
    private final List<String> stopOrder;
    private final Consumer<String> report;
    private FileChannel lock;

    /**
     * @param commands the children by name, in the order in which they start
     * @param stopOrder their names in the order in which they end
     * @param report takes a line whenever something happened
     */
    public Supervisor(
            final RunFolder folder,
            final SequencedMap<String, List<String>> commands,
            final List<String> stopOrder,
            final Consumer<String> report) {
        if (!commands.keySet().equals(Set.copyOf(stopOrder))) {
            throw new IllegalArgumentException(
                    "start " + commands.keySet() + " and stop " + stopOrder + " differ");
        }
        this.folder = folder;
        this.stopOrder = List.copyOf(stopOrder);
        this.report = report;
        final long nowNs = System.nanoTime();
        commands.forEach(
                (name, command) -> startOrder.add(new Child(name, command, folder, nowNs)));
    }

    /** Takes the folder over: refuses if another supervisor lives, ends orphans of a dead one. */
    public void open() throws IOException {
        Files.createDirectories(folder.path());
        lock = folder.tryLock(RunFolder.SUPERVISOR).orElseThrow(this::refusal);
        if (findOther(RunFolder.SUPERVISOR).isPresent()) {
            lock.close();
            throw refusal();
        }
        for (final String name : stopOrder) {
            folder.findAll(name).stream()
                    .filter(found -> !found.equals(ProcessHandle.current()))
                    .forEach(
                            orphan -> {
                                report.accept(
                                        "ending %s (pid %d), left over from an earlier run"
                                                .formatted(name, orphan.pid()));
                                Shutdown.end(orphan, GRACE_MS);
                            });
        }
        folder.write(RunFolder.SUPERVISOR, ProcessHandle.current().pid());
    }

    /** A number that has come to be this process's own names nobody. */
    private Optional<ProcessHandle> findOther(final String name) {
        return folder.find(name).filter(found -> !found.equals(ProcessHandle.current()));
    }

    private IllegalStateException refusal() {
        final String pid =
                findOther(RunFolder.SUPERVISOR)
                        .map(other -> " (pid %d)".formatted(other.pid()))
                        .orElse("");
        return new IllegalStateException(
                "already running on this data folder" + pid + "; `spindle stop` ends it");
    }

    /** One turn over all children. */
    public void poll() {
        for (final Child child : startOrder) {
            final String news = child.keepAlive(System.nanoTime());
            if (!news.isEmpty()) {
                report.accept(news);
            }
        }
    }

    /** Polls until the thread is interrupted. */
    public void run() {
        while (!Thread.currentThread().isInterrupted()) {
            poll();
            try {
                Thread.sleep(POLL_MS);
            } catch (final InterruptedException end) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Pids by name, −1 for one that is between two lives. */
    public Map<String, Long> pids() {
        final Map<String, Long> pids = new LinkedHashMap<>();
        startOrder.forEach(child -> pids.put(child.name(), child.pid()));
        return pids;
    }

    /** How often the child was started. */
    public int starts(final String name) {
        return child(name).starts();
    }

    private Child child(final String name) {
        return startOrder.stream()
                .filter(child -> child.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** What fails for one of them keeps none of the others from its end. */
    @Override
    public void close() {
        stopOrder.forEach(name -> attempt(() -> child(name).stop(GRACE_MS)));
        attempt(() -> folder.remove(RunFolder.SUPERVISOR));
        attempt(this::unlock);
    }

    private void attempt(final Runnable step) {
        try {
            step.run();
        } catch (final UncheckedIOException failure) {
            report.accept(failure.getMessage());
        }
    }

    private void unlock() {
        try {
            lock.close();
        } catch (final IOException failure) {
            throw new UncheckedIOException("cannot give the folder back", failure);
        }
    }
}
