package io.spindle.tuning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import io.spindle.affinity.CpuSet;
import io.spindle.sys.Libc;
import io.spindle.tuning.machine.Root;
import io.spindle.tuning.watch.Watch;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
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

/** Real disturbances of a real core, each of which the watch must name. */
class DisturbanceTest {
    private static final long HUGE_PAGE = 2L << 20;
    private static final int LOOKS = 150;

    @TempDir Path folder;
    private final AtomicBoolean stop = new AtomicBoolean();
    private final List<Thread> threads = new ArrayList<>();
    private final Map<String, String> moved = new LinkedHashMap<>();
    private int cpu;

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
    void shouldNameAnInterruptThatWasMovedOntoTheCore() throws Exception {
        for (final String irq : Root.live().glob("/proc/irq/*/smp_affinity_list")) {
            final String before = Root.live().read(irq).orElse("");
            try {
                Root.live().write(irq, "" + cpu);
                moved.put(irq, before);
            } catch (final IOException managed) {
                System.out.println("left alone: " + irq + ": " + managed.getMessage());
            }
        }
        if (moved.isEmpty()) {
            System.out.println("skipped: no interrupt may be moved here; run the tests as root");
            abort("no interrupt may be moved here");
        }
        final Watch watch = watch(() -> {});
        try (FileChannel disk =
                FileChannel.open(
                        folder.resolve("busy"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE)) {
            shouldSee(
                    watch,
                    finding ->
                            finding.kind() == Watch.Kind.INTERRUPT
                                    && finding.what().startsWith("irq "),
                    () -> {
                        try {
                            disk.write(ByteBuffer.allocate(4096), 0);
                            disk.force(true);
                        } catch (final IOException full) {
                            throw new IllegalStateException(full);
                        }
                    });
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
                finding -> finding.kind() == Watch.Kind.HUGE_PAGES);
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

    private static void shouldSee(final Watch watch, final Predicate<Watch.Finding> wanted) {
        shouldSee(watch, wanted, () -> {});
    }

    private static void shouldSee(
            final Watch watch, final Predicate<Watch.Finding> wanted, final Runnable provoke) {
        final List<Watch.Finding> seen = new ArrayList<>();
        for (int look = 0; look < LOOKS && seen.stream().noneMatch(wanted); look++) {
            provoke.run();
            LockSupport.parkNanos(100_000_000L);
            seen.addAll(watch.look());
        }
        assertTrue(seen.stream().anyMatch(wanted), seen::toString);
    }
}
