package io.spindle.tuning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import io.spindle.tuning.machine.Discovery;
import io.spindle.tuning.machine.Root;
import io.spindle.tuning.plan.Plan;
import io.spindle.tuning.profile.ProfileFolder;
import io.spindle.tuning.watch.Watch;

import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.CountersManager;
import org.agrona.concurrent.status.CountersReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a look names, on the files of a loop on CPU 1 that is thread 7 of process 7. */
class WatchTest {
    private static final String LOOP = "/proc/7/task/7";
    private static final long LIMIT_NS = 5_000_000_000L;

    @TempDir Path folder;
    private Root root;

    @BeforeEach
    void startTheLoop() throws IOException {
        root = new Root(folder);
        thread(LOOP, "loop", 1, 1_000_000_000);
    }

    private void thread(final String task, final String name, final int cpu, final long ranNs)
            throws IOException {
        write(
                task + "/stat",
                "7 (%s) R 1 7 7 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 9 %s17 %d 0 0\n"
                        .formatted(name, "0 ".repeat(15), cpu));
        write(task + "/schedstat", ranNs + " 5 9\n");
    }

    private void write(final String path, final String text) throws IOException {
        write(path, text.getBytes());
    }

    private void write(final String path, final byte[] bytes) throws IOException {
        final Path file = folder.resolve(path.substring(1));
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }

    private static List<String> names(final Watch watch) {
        return watch.look().stream().map(Watch.Finding::toString).toList();
    }

    @Test
    void shouldCountARivalThatIsNewFromItsBeginning() throws IOException {
        final Watch watch = new Watch(root, 1, LOOP, null);
        thread("/proc/9/task/9", "cron", 1, 250_000);
        assertEquals(List.of("competing thread: cron 9/9 ran on cpu 1 (0.250 ms)"), names(watch));
        assertEquals(List.of(), names(watch));
    }

    @Test
    void shouldSeeARivalThatTookLessThanATick() throws IOException {
        thread("/proc/2/task/2", "kworker/1:0", 1, 7_000_000);
        final Watch watch = new Watch(root, 1, LOOP, null);
        thread("/proc/2/task/2", "kworker/1:0", 1, 7_040_000);
        assertEquals(
                List.of("competing thread: kworker/1:0 2/2 ran on cpu 1 (0.040 ms)"), names(watch));
    }

    @Test
    void shouldCountOfARivalThatMovedHereOnlyWhatIsNew() throws IOException {
        thread("/proc/9/task/9", "cron", 0, 500_000_000);
        thread("/proc/8/task/8", "shell", 0, 1);
        final Watch watch = new Watch(root, 1, LOOP, null);
        thread("/proc/9/task/9", "cron", 1, 501_000_000);
        thread("/proc/8/task/8", "shell", 0, 900_000_000);
        assertEquals(List.of("competing thread: cron 9/9 ran on cpu 1 (1.000 ms)"), names(watch));
    }

    @Test
    void shouldNameASafepointOfTheOwnersJvmAlone() throws IOException {
        thread("/proc/7/task/8", "VM Thread", 0, 1_000_000);
        thread("/proc/5/task/6", "VM Thread", 0, 1_000_000);
        final Watch watch = new Watch(root, 1, LOOP, null);
        thread("/proc/7/task/8", "VM Thread", 0, 4_000_000);
        thread("/proc/5/task/6", "VM Thread", 0, 9_000_000);
        assertEquals(List.of("safepoint: the owner's VM Thread worked (3.000 ms)"), names(watch));
        thread("/proc/7/task/8", "VM Thread", 0, 4_020_000);
        assertEquals(List.of(), names(watch), "it woke up and had nothing to do");
    }

    @Test
    void shouldNameASafepointOfThisJvm() {
        final long pid = ProcessHandle.current().pid();
        final Watch watch = new Watch(Root.live(), 0, "/proc/" + pid + "/task/" + pid, null);
        System.gc();
        assertTrue(
                watch.look().stream().anyMatch(finding -> finding.kind() == Watch.Kind.SAFEPOINT));
    }

    @Test
    void shouldNameAnInterruptOfTheFirmware() throws IOException {
        write("/dev/cpu/1/msr", registers(7));
        final Watch watch = new Watch(root, 1, LOOP, null);
        assertEquals(List.of(), names(watch));
        write("/dev/cpu/1/msr", registers(9));
        assertEquals(List.of("smi: smi (+2)"), names(watch));
    }

    /** A register's number is its place in the file. */
    private static byte[] registers(final int smiCount) {
        return ByteBuffer.allocate(64)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0x34, smiCount)
                .array();
    }

    @Test
    void shouldNameAQueueThatTheLoopCounts() throws IOException {
        write("/proc/7/maps", "7f00-7f01 rw-s 00000000 00:19 3   /dev/shm/spindle-1a2b/counters\n");
        final String file = "/dev/shm/spindle-1a2b/counters";
        write(file, counters(1, 10));
        final Watch watch = new Watch(root, 1, LOOP, null);
        assertEquals(List.of(), names(watch));
        write(file, counters(3, 99));
        assertEquals(List.of("queueing: loop net.overloads (+2)"), names(watch));
    }

    private static byte[] counters(final long overloads, final long framesReceived) {
        final int metadata = 2 * CountersReader.METADATA_LENGTH;
        final int values = 2 * CountersReader.COUNTER_LENGTH;
        final UnsafeBuffer file = new UnsafeBuffer(ByteBuffer.allocateDirect(metadata + values));
        final CountersManager counters =
                new CountersManager(
                        new UnsafeBuffer(file, 0, metadata),
                        new UnsafeBuffer(file, metadata, values));
        counters.setCounterValue(counters.allocate("nic.frames_received", 0), framesReceived);
        counters.setCounterValue(counters.allocate("net.overloads", 1), overloads);
        final byte[] bytes = new byte[metadata + values];
        file.getBytes(0, bytes);
        return bytes;
    }

    @Test
    void shouldNameASettingOfThisMachineThatDrifts() throws IOException {
        final String path = "/proc/sys/vm/stat_interval";
        final Root live = Root.live();
        if (!live.writable(path)) {
            System.out.println("skipped: " + path + " may not be written; run the tests as root");
            abort(path + " may not be written");
        }
        final String held = live.read(path).orElseThrow();
        final String other = held.equals("2") ? "3" : "2";
        write(
                "/p.yaml",
                """
                name: p
                schema: 1
                layout: { trading: { count: 1, isolate: true } }
                sysctl: { vm.stat_interval: '%s' }
                """
                        .formatted(held));
        final Plan plan =
                Plan.of(new ProfileFolder(folder).read("p"), Discovery.discover(live), live);
        final Watch watch = new Watch(live, 0, LOOP, plan);
        assertTrue(drifts(watch).isEmpty());
        try {
            final long disturbedNs = System.nanoTime();
            live.write(path, other);
            assertEquals(
                    List.of("drift: %s is '%s', profile wants '%s'".formatted(path, other, held)),
                    drifts(watch));
            assertTrue(System.nanoTime() - disturbedNs < LIMIT_NS, "named too late");
        } finally {
            live.write(path, held);
        }
        assertTrue(drifts(watch).isEmpty());
    }

    private static List<String> drifts(final Watch watch) {
        return watch.look().stream()
                .filter(finding -> finding.kind() == Watch.Kind.DRIFT)
                .map(Watch.Finding::toString)
                .toList();
    }
}
