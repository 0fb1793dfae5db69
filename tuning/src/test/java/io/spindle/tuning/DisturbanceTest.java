package io.spindle.tuning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import io.spindle.affinity.CpuSet;
import io.spindle.sys.Libc;
import io.spindle.tuning.cli.TuneCommand;
import io.spindle.tuning.machine.Root;
import io.spindle.tuning.watch.Watch;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** Real disturbances of a real core, each of which the watch must name within seconds. */
class DisturbanceTest {
    private static final long HUGE_PAGE = 2L << 20;
    private static final int LOOKS = 150;

    /** From the disturbance to its name. */
    private static final long LIMIT_NS = 5_000_000_000L;

    private static final long PAUSE_NS = 100_000_000L;

    @TempDir Path folder;
    private final AtomicBoolean stop = new AtomicBoolean();
    private final List<Thread> threads = new ArrayList<>();
    private final Map<String, String> moved = new LinkedHashMap<>();
    private int cpu;
    private long disturbedNs;

    @BeforeEach
    void takeTheLastCpu() {
        cpu = CpuSet.ofCallingThread().toList().getLast();
    }

    @AfterEach
    void putEverythingBack() throws Exception {
        stop.set(true);
        for (final Thread thread : threads) {
            thread.join();
        }
        for (final Map.Entry<String, String> irq : moved.entrySet()) {
            Root.live().write(irq.getKey(), irq.getValue());
        }
    }

    @Test
    void shouldNameAThreadThatCompetesForTheCore() throws Exception {
        final Watch watch = watch(() -> {});
        start("rival", () -> {});
        shouldSee(
                watch,
                finding ->
                        finding.kind() == Watch.Kind.COMPETING_THREAD
                                && finding.what().startsWith("rival "));
    }

    @Test
    void shouldNameItOnTheCommandLine() throws Exception {
        final String owner = start("core-owner", () -> {});
        start("rival", () -> {});
        final StringWriter out = new StringWriter();
        final int code =
                new CommandLine(new TuneCommand())
                        .setOut(new PrintWriter(out))
                        .execute(
                                "watch",
                                "--cpu",
                                "" + cpu,
                                "--thread",
                                owner.substring("/proc/".length()).replace("/task/", "/"),
                                "--data",
                                folder.toString(),
                                "--seconds",
                                "3");
        final String said = out.toString();
        assertEquals(2, code, said);
        assertTrue(said.contains("watching cpu " + cpu + ", owned by core-owner ("), said);
        assertTrue(said.contains("without orders: no trading process runs on " + folder), said);
        assertTrue(said.contains("  competing thread: rival "), said);
    }

    @Test
    void shouldFindTheThreadThatOwnsTheCore() throws Exception {
        final String owner = start("core-owner", () -> {});
        prefer(owner);
        // Who has the core is the scheduler's to say, and it keeps the books: a look decides only
        // if this thread had three quarters of the core during it, and the first such look does.
        for (int look = 0; look < LOOKS; look++) {
            final long startNs = System.nanoTime();
            final long before = ranNs(owner);
            final String found = Watch.owner(Root.live(), cpu);
            if (4 * (ranNs(owner) - before) >= 3 * (System.nanoTime() - startNs)) {
                assertEquals(owner, found);
                return;
            }
        }
        fail("in " + LOOKS + " looks others had most of cpu " + cpu + ": nothing is decided");
    }

    /** With the right to it, so that others hardly run beside it. */
    private static void prefer(final String thread) throws Exception {
        final String tid = thread.substring(thread.lastIndexOf('/') + 1);
        new ProcessBuilder("renice", "-n", "-20", "-p", tid).inheritIO().start().waitFor();
    }

    private static long ranNs(final String thread) throws IOException {
        return Long.parseLong(Files.readString(Path.of(thread, "schedstat")).split(" ")[0]);
    }

    @Test
    void shouldNameAPageFaultStorm() throws Exception {
        shouldSee(
                watch(
                        () -> {
                            try (Arena arena = Arena.ofConfined()) {
                                arena.allocate(8 * HUGE_PAGE).fill((byte) 1);
                            }
                        }),
                finding ->
                        finding.what().equals("thread minor page faults")
                                && finding.amount() > 1_000);
    }

    @Test
    void shouldNameTheInterruptThatWasMovedOntoTheCore() throws Exception {
        keepInterruptsElsewhere();
        try (FileChannel disk =
                FileChannel.open(
                        folder.resolve("busy"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE)) {
            final String irq = busiest(disk);
            final Watch watch = watch(() -> {});
            disturbedNs = System.nanoTime();
            Root.live().write(affinity(irq), "" + cpu);
            shouldSee(
                    watch,
                    finding ->
                            finding.kind() == Watch.Kind.INTERRUPT
                                    && finding.what().startsWith("irq " + irq + " "),
                    () -> write(disk));
        }
    }

    /** Those that let themselves be moved. */
    private void keepInterruptsElsewhere() {
        final CpuSet others = CpuSet.ofCallingThread().without(CpuSet.of(cpu));
        for (final String irq : Root.live().glob(affinity("*"))) {
            final String before = Root.live().read(irq).orElse("");
            try {
                Root.live().write(irq, others.toString());
                moved.put(irq, before);
            } catch (final IOException managed) {
                System.out.println("left alone: " + irq + ": " + managed.getMessage());
            }
        }
        if (moved.isEmpty()) {
            System.out.println("skipped: no interrupt may be moved here; run the tests as root");
            abort("no interrupt may be moved here");
        }
    }

    /** Of the interrupts that were kept elsewhere, the one that the disk raises most. */
    private String busiest(final FileChannel disk) throws IOException {
        final Map<String, Long> before = elsewhere();
        for (int times = 0; times < 10; times++) {
            write(disk);
        }
        final Map<String, Long> after = elsewhere();
        after.replaceAll((irq, count) -> count - before.getOrDefault(irq, 0L));
        after.keySet().removeIf(irq -> !moved.containsKey(affinity(irq)));
        after.values().removeIf(count -> count <= 0);
        if (after.isEmpty()) {
            System.out.println("skipped: the disk raises no interrupt that may be moved");
            abort("the disk raises no interrupt that may be moved");
        }
        return after.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
    }

    private static String affinity(final String irq) {
        return "/proc/irq/" + irq + "/smp_affinity_list";
    }

    /** How often each interrupt came to other CPUs than the test's, by its number. */
    private Map<String, Long> elsewhere() throws IOException {
        final List<String> lines = Files.readAllLines(Path.of("/proc/interrupts"));
        final String[] cpus = lines.getFirst().strip().split("\\s+");
        final Map<String, Long> counts = new LinkedHashMap<>();
        for (final String line : lines.subList(1, lines.size())) {
            final String[] words = line.strip().split("[:\\s]+");
            for (int column = 0; column < cpus.length && words[0].matches("\\d+"); column++) {
                if (!cpus[column].equals("CPU" + cpu)) {
                    counts.merge(words[0], Long.parseLong(words[column + 1]), Long::sum);
                }
            }
        }
        return counts;
    }

    private static void write(final FileChannel disk) {
        try {
            disk.write(ByteBuffer.allocate(4096), 0);
            disk.force(true);
        } catch (final IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    @Test
    void shouldNameAHugePageCollapse() throws Exception {
        final MethodHandle madvise = madvise();
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment probe = arena.allocate(4 * HUGE_PAGE, HUGE_PAGE);
            if (collapse(madvise, probe) != 0) {
                System.out.println("skipped: this kernel does not collapse huge pages on demand");
                abort("this kernel does not collapse huge pages on demand");
            }
        }
        shouldSee(
                watch(
                        () -> {
                            try (Arena arena = Arena.ofConfined()) {
                                collapse(madvise, arena.allocate(4 * HUGE_PAGE, HUGE_PAGE));
                            }
                        }),
                finding ->
                        finding.kind() == Watch.Kind.HUGE_PAGES
                                && finding.what().equals("vmstat thp_collapse_alloc"));
    }

    @SuppressWarnings("restricted") // a system call that only this test needs
    private static MethodHandle madvise() {
        final Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow("madvise"),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_INT));
    }

    /** Small pages first, then MADV_COLLAPSE (25) over them; 0 when the kernel did it. */
    private static int collapse(final MethodHandle madvise, final MemorySegment memory) {
        final int noHugePage = 15;
        final int hugePage = 14;
        final int collapse = 25;
        try {
            final long address = memory.address();
            final long length = memory.byteSize();
            int ignored = (int) madvise.invokeExact(address, length, noHugePage);
            memory.fill((byte) 1);
            ignored = (int) madvise.invokeExact(address, length, hugePage);
            return (int) madvise.invokeExact(address, length, collapse);
        } catch (final Throwable failure) {
            throw new IllegalStateException(failure);
        }
    }

    private Watch watch(final Runnable work) throws InterruptedException {
        return new Watch(Root.live(), cpu, start("core-owner", work), null);
    }

    /** A thread that spins on the core; returns its folder in /proc. */
    private String start(final String name, final Runnable work) throws InterruptedException {
        disturbedNs = System.nanoTime();
        final CountDownLatch running = new CountDownLatch(1);
        final int[] id = new int[1];
        threads.add(
                Thread.ofPlatform()
                        .name(name)
                        .start(
                                () -> {
                                    CpuSet.of(cpu).applyToCallingThread();
                                    id[0] = new Libc().gettid();
                                    running.countDown();
                                    while (!stop.get()) {
                                        work.run();
                                        Thread.onSpinWait();
                                    }
                                }));
        running.await();
        return "/proc/" + ProcessHandle.current().pid() + "/task/" + id[0];
    }

    private void shouldSee(final Watch watch, final Predicate<Watch.Finding> wanted) {
        shouldSee(watch, wanted, () -> {});
    }

    private void shouldSee(
            final Watch watch, final Predicate<Watch.Finding> wanted, final Runnable provoke) {
        final List<Watch.Finding> seen = new ArrayList<>();
        boolean named = false;
        while (!named && System.nanoTime() - disturbedNs < LIMIT_NS) {
            provoke.run();
            LockSupport.parkNanos(PAUSE_NS);
            final List<Watch.Finding> findings = watch.look();
            named = findings.stream().anyMatch(wanted);
            seen.addAll(findings);
        }
        assertTrue(named, seen::toString);
        assertTrue(System.nanoTime() - disturbedNs < LIMIT_NS, "named too late");
    }
}
