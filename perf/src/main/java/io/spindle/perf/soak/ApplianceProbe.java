package io.spindle.perf.soak;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.spindle.affinity.TaskStat;
import io.spindle.log.DataFolder;
import io.spindle.log.RingFile;
import io.spindle.log.RingReader;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/** Looks at the processes of an appliance from outside, through {@code /proc} and its log ring. */
public final class ApplianceProbe implements AutoCloseable {
    static final List<String> PROCESSES = List.of("media", "trading", "feed", "mgmt");

    /** Collects its garbage seldom: what it occupies says nothing of what it keeps. */
    static final String COLLECTED = "mgmt";

    private static final long NONE = -1;
    private static final Path PROC = Path.of("/proc");
    private static final Pattern USED =
            Pattern.compile("(?m)^\\s*(?!Metaspace|class space)\\S.*\\bused (\\d+)K");

    private final Map<String, Path> processes = new LinkedHashMap<>();
    private final RingFile ringFile;
    private final RingReader ring;
    private final Path tradingThread;

    ApplianceProbe(final DataFolder folder) throws IOException {
        for (final String name : PROCESSES) {
            final String pid = Files.readString(folder.pid(name)).strip();
            processes.put(name, PROC.resolve(pid));
        }
        tradingThread = busiestThread(processes.get("trading"));
        ringFile = RingFile.open(folder.logRing());
        ring = ringFile.reader();
    }

    /**
     * The trading loop's thread, which turns all the time: no other thread of its process has used
     * as much of a core.
     *
     * @param process folder of the trading process in {@code /proc}
     * @return the thread's folder there
     */
    public static Path busiestThread(final Path process) throws IOException {
        Path busiest = null;
        long mostTicks = NONE;
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(process.resolve("task"))) {
            for (final Path task : tasks) {
                final long ticks = ticks(task, false);
                if (ticks > mostTicks) {
                    mostTicks = ticks;
                    busiest = task;
                }
            }
        }
        if (busiest == null) {
            throw new IOException(process + " has no threads");
        }
        return busiest;
    }

    private static boolean isCompiler(final Path task) throws IOException {
        return Files.readString(task.resolve("comm")).contains("Compiler");
    }

    /** Ticks of 10 ms that the trading JVM's compiler threads have used; those that live now. */
    long compilerTicks() throws IOException {
        long sum = 0;
        try (DirectoryStream<Path> tasks =
                Files.newDirectoryStream(processes.get("trading").resolve("task"))) {
            for (final Path task : tasks) {
                sum += Math.max(0, ticks(task, true));
            }
        }
        return sum;
    }

    /**
     * Ticks that a thread of that kind has used.
     *
     * @return {@link #NONE} if it is of the other kind or has ended: a compiler thread with nothing
     *     to do does
     */
    private static long ticks(final Path task, final boolean isCompiler) throws IOException {
        try {
            return isCompiler(task) == isCompiler ? TaskStat.read(task).ticks() : NONE;
        } catch (final IOException failure) {
            if (Files.exists(task)) {
                throw failure;
            }
            return NONE;
        }
    }

    SoakSample look(final double atS) throws IOException {
        final TaskStat stat = TaskStat.read(tradingThread);
        final Map<String, Long> anonymousKib = new LinkedHashMap<>();
        for (final Map.Entry<String, Path> process : processes.entrySet()) {
            anonymousKib.put(process.getKey(), status(process.getValue(), "RssAnon"));
        }
        return new SoakSample(
                atS,
                stat.minorFaults(),
                stat.majorFaults(),
                status(tradingThread, "nonvoluntary_ctxt_switches"),
                ring.backlog(),
                anonymousKib);
    }

    /** What mgmt's heap keeps: what is left of it after a collection, KiB. */
    long livingKib() throws IOException, InterruptedException {
        command("GC.run");
        return usedKib(command("GC.heap_info"));
    }

    /** Of all generations, as jcmd tells them; the collectors' words differ. */
    static long usedKib(final String heap) throws IOException {
        final long[] used =
                USED.matcher(heap)
                        .results()
                        .mapToLong(line -> Long.parseLong(line.group(1)))
                        .toArray();
        if (used.length == 0) {
            throw new IOException("jcmd tells no heap of " + COLLECTED + ": " + heap);
        }
        return LongStream.of(used).sum();
    }

    private String command(final String name) throws IOException, InterruptedException {
        final Process jcmd =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                                processes.get(COLLECTED).getFileName().toString(),
                                name)
                        .redirectErrorStream(true)
                        .start();
        final String said = new String(jcmd.getInputStream().readAllBytes(), UTF_8);
        if (jcmd.waitFor() != 0) {
            throw new IOException("jcmd " + name + ": " + said);
        }
        return said;
    }

    private static long status(final Path task, final String key) throws IOException {
        for (final String line : Files.readAllLines(task.resolve("status"))) {
            if (line.startsWith(key + ':')) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        return 0;
    }

    @Override
    public void close() {
        ringFile.close();
    }
}
