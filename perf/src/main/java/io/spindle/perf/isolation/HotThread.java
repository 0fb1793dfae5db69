package io.spindle.perf.isolation;

import io.spindle.affinity.TaskStat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The thread of a process that uses most of a core, and what it asks of the kernel. */
final class HotThread {
    static final Path STRACE = Path.of("/usr/bin/strace");
    private static final Pattern CALL = Pattern.compile("^(?:\\d+ +)?(\\w+)\\(");

    private static final long WATCH_MS = 500;

    private final String id;

    private HotThread(final String id) {
        this.id = id;
    }

    /** The one that used most in a moment of watching: compilers may have used more before. */
    static HotThread of(final long pid) throws IOException, InterruptedException {
        final Map<Path, Long> before = new HashMap<>();
        for (final Path task : tasks(pid)) {
            before.put(task, userTime(task));
        }
        TimeUnit.MILLISECONDS.sleep(WATCH_MS);
        return before.keySet().stream()
                .max(Comparator.comparingLong(task -> userTime(task) - before.get(task)))
                .map(task -> new HotThread(task.getFileName().toString()))
                .orElseThrow(() -> new IOException("process " + pid + " has no threads"));
    }

    private static List<Path> tasks(final long pid) throws IOException {
        try (Stream<Path> tasks = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            return tasks.toList();
        }
    }

    private static long userTime(final Path task) {
        try {
            return TaskStat.read(task).userTicks();
        } catch (final IOException gone) {
            return 0;
        }
    }

    /** Begins to watch: strace, until it is stopped. */
    Watch watch(final Path output) throws IOException, InterruptedException {
        final Process strace =
                new ProcessBuilder(STRACE.toString(), "-o", output.toString(), "-p", id)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        TimeUnit.MILLISECONDS.sleep(500);
        return new Watch(strace, output);
    }

    /** A running strace. */
    record Watch(Process strace, Path output) {
        /** Ends it and names the calls that it saw. */
        Set<String> end() throws IOException, InterruptedException {
            Disturbance.run("kill", "-INT", Long.toString(strace.pid()));
            strace.waitFor();
            final Set<String> calls = new TreeSet<>();
            final List<String> lines = Files.readAllLines(output);
            for (final String line : lines) {
                final var call = CALL.matcher(line);
                if (call.find()) {
                    calls.add(call.group(1));
                }
            }
            return calls;
        }
    }
}
