package io.spindle.affinity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.spindle.sys.Libc;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Pinning, its proof, and its refusals. Lock files live in a folder of the test's own. */
class ThreadPinTest {
    @TempDir(cleanup = CleanupMode.NEVER)
    private static Path locks;

    private static int cpu;

    @BeforeAll
    static void keepLockFilesToOurselves() {
        System.setProperty("java.io.tmpdir", locks.toString());
        cpu = CpuSet.ofCallingThread().cpus().length() - 1;
        if (cpu < 1) {
            System.out.println("ThreadPinTest: skipped, this process may use core 0 only");
        }
        assumeTrue(cpu >= 1);
    }

    @Test
    void shouldRunOnThatCoreOnlyAndReleaseIt() {
        final CpuSet before = CpuSet.ofCallingThread();
        try (ThreadPin pin = ThreadPin.acquire(cpu)) {
            assertEquals(cpu, pin.cpu());
            assertEquals(CpuSet.of(cpu), CpuSet.ofCallingThread());
            assertTrue(pin.involuntarySwitches() >= 0);
        }
        assertEquals(before, CpuSet.ofCallingThread());
    }

    @Test
    void shouldRefuseACoreThatAnotherThreadHolds() throws InterruptedException {
        final CountDownLatch held = new CountDownLatch(1);
        final CountDownLatch done = new CountDownLatch(1);
        final Thread holder =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    try (ThreadPin pin = ThreadPin.acquire(cpu)) {
                                        held.countDown();
                                        done.await();
                                        assertEquals(cpu, pin.cpu());
                                    } catch (final InterruptedException interrupted) {
                                        Thread.currentThread().interrupt();
                                    }
                                });
        assertTrue(held.await(20, TimeUnit.SECONDS));
        assertThrows(PinRefusedException.class, () -> ThreadPin.acquire(cpu));
        done.countDown();
        holder.join();
        ThreadPin.acquire(cpu).close();
    }

    @Test
    void shouldRefuseACoreThatAnotherProcessHolds() throws IOException, InterruptedException {
        final Process holder = holdInAnotherProcess();
        try {
            assertTrue(holder.inputReader().readLine().startsWith("held"));
            final PinRefusedException refusal =
                    assertThrows(PinRefusedException.class, () -> ThreadPin.acquire(cpu));
            assertTrue(refusal.getMessage().contains("cpu " + cpu), refusal.getMessage());
        } finally {
            holder.destroyForcibly();
            holder.waitFor();
        }
        ThreadPin.acquire(cpu).close();
    }

    @Test
    void shouldRefuseCoresThatAreNotOurs() {
        assertThrows(PinRefusedException.class, () -> ThreadPin.acquire(0));
        assertThrows(PinRefusedException.class, () -> ThreadPin.acquire(900));
        assertThrows(PinRefusedException.class, () -> ThreadPin.acquire(-1));
    }

    @Test
    void shouldNameTheThreadsThatMayIntrude() throws InterruptedException {
        final CountDownLatch there = new CountDownLatch(1);
        final CountDownLatch done = new CountDownLatch(1);
        final Thread rival =
                Thread.ofPlatform()
                        .name("rival")
                        .start(
                                () -> {
                                    there.countDown();
                                    try {
                                        done.await();
                                    } catch (final InterruptedException interrupted) {
                                        Thread.currentThread().interrupt();
                                    }
                                });
        try {
            assertTrue(there.await(20, TimeUnit.SECONDS));
            assertNamesItsRival();
        } finally {
            done.countDown();
            rival.join();
        }
    }

    private static void assertNamesItsRival() {
        try (ThreadPin pin = ThreadPin.acquire(cpu)) {
            final int self = new Libc().gettid();
            final List<ThreadStatus> intruders = pin.intruders();
            assertFalse(intruders.stream().anyMatch(thread -> thread.tid() == self));
            assertTrue(intruders.stream().allMatch(thread -> thread.allowed().contains(cpu)));
            assertTrue(
                    intruders.stream().anyMatch(thread -> thread.name().equals("rival")),
                    intruders::toString);
            assertTrue(pin.summary().contains("may run there, first "), pin.summary());
        }
    }

    @Test
    void shouldConfineAThreadAndTakePrecedenceWhereAllowed() throws InterruptedException {
        final Thread confined =
                new Thread(
                        () -> {
                            CpuSet.of(cpu).applyToCallingThread();
                            assertEquals(CpuSet.of(cpu), CpuSet.ofCallingThread());
                            assertTrue(Precedence.claim() <= 0);
                            assertEquals(0, Precedence.yield());
                        });
        final StringBuilder failures = new StringBuilder();
        confined.setUncaughtExceptionHandler((thread, failure) -> failures.append(failure));
        confined.start();
        confined.join();
        assertEquals("", failures.toString());
    }

    @Test
    void shouldWriteCpuListsAsTheKernelDoes() {
        assertEquals("0-3,8", CpuSet.parse("0-3,8\n").toString());
        assertEquals("", CpuSet.parse("").toString());
        assertEquals(CpuSet.of(0, 1, 2, 5), CpuSet.parse("0-2,5"));
        assertEquals(4, CpuSet.parse("0-2,5").count());
        assertThrows(IllegalArgumentException.class, () -> CpuSet.parse("a-b"));
    }

    private static Process holdInAnotherProcess() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + locks,
                        "--enable-native-access=ALL-UNNAMED",
                        "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CoreHolder.class.getName(),
                        Integer.toString(cpu))
                .redirectError(Files.createTempFile(locks, "holder", ".err").toFile())
                .start();
    }

    /** A process that pins itself, says so, and waits to be killed. */
    static final class CoreHolder {
        private CoreHolder() {}

        public static void main(final String[] args) throws InterruptedException {
            try (ThreadPin pin = ThreadPin.acquire(Integer.parseInt(args[0]))) {
                System.out.println("held " + pin.cpu());
                Thread.sleep(TimeUnit.MINUTES.toMillis(5));
            }
        }
    }
}
