package io.spindle.perf.isolation;

import io.spindle.log.DataFolder;
import io.spindle.perf.soak.ApplianceProbe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The thread that turns the trading loop, and what it asks of the kernel. */
final class HotThread {
    static final Path STRACE = Path.of("/usr/bin/strace");
    private static final Pattern CALL = Pattern.compile("^(?:\\d+ +)?(\\w+)\\(");
    private static final Set<String> RECEIVES = Set.of("recvfrom", "recvmsg", "recvmmsg");
    private static final Set<String> SENDS = Set.of("sendto", "sendmsg", "sendmmsg");
    private static final long ATTACH_MS = 500;
    private static final long END_S = 10;

    private final String id;

    private HotThread(final String id) {
        this.id = id;
    }

    /** Of the trading process. */
    static HotThread of(final DataFolder folder) throws IOException {
        final String pid = Files.readString(folder.pid("trading")).strip();
        final Path thread = ApplianceProbe.busiestThread(Path.of("/proc", pid));
        return new HotThread(thread.getFileName().toString());
    }

    /** Begins to watch: strace, until it is stopped. */
    Watch watch(final Path output) throws IOException, InterruptedException {
        Files.deleteIfExists(output);
        final Process strace =
                new ProcessBuilder(STRACE.toString(), "-o", output.toString(), "-p", id)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try {
            TimeUnit.MILLISECONDS.sleep(ATTACH_MS);
        } catch (final InterruptedException end) {
            strace.destroyForcibly();
            throw end;
        }
        return new Watch(strace, output);
    }

    /** A running strace. */
    record Watch(Process strace, Path output) {
        void stop() throws IOException, InterruptedException {
            try {
                if (strace.isAlive()) {
                    Disturbance.run("kill", "-INT", Long.toString(strace.pid()));
                }
                if (!strace.waitFor(END_S, TimeUnit.SECONDS)) {
                    throw new IOException("strace does not end");
                }
            } finally {
                strace.destroyForcibly();
            }
        }

        /** What it saw until it was stopped; nothing if it was not let near the thread. */
        Set<String> calls() throws IOException {
            return HotThread.calls(Files.exists(output) ? Files.readAllLines(output) : List.of());
        }
    }

    /**
     * @param lines of strace; signals and the thread's end are no calls
     */
    static Set<String> calls(final List<String> lines) {
        return lines.stream()
                .map(CALL::matcher)
                .filter(Matcher::find)
                .map(call -> call.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether something was received and something sent, and nothing else asked for. */
    static boolean isDatagramsOnly(final Set<String> calls) {
        return calls.stream().anyMatch(RECEIVES::contains)
                && calls.stream().anyMatch(SENDS::contains)
                && calls.stream().allMatch(it -> RECEIVES.contains(it) || SENDS.contains(it));
    }
}
