package io.spindle.tuning;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.spindle.tuning.machine.Discovery;
import io.spindle.tuning.machine.Root;
import io.spindle.tuning.machine.Selection;
import io.spindle.tuning.plan.Applier;
import io.spindle.tuning.plan.Plan;
import io.spindle.tuning.plan.RollbackJournal;
import io.spindle.tuning.profile.ProfileFolder;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Settings of the machine that runs the tests, each applied for a moment and rolled back to the
 * same bytes. What this kernel does not have, does not let anybody write or does not take is
 * skipped with the reason printed. Left out: the clock source and CPUs that go offline, which the
 * rest of the machine would notice.
 */
class LiveSettingsTest {
    @TempDir private Path folder;

    /** The path, where a star stands for the first that can be written; values to choose from. */
    @ParameterizedTest
    @CsvSource({
        "/proc/sys/kernel/numa_balancing, 0|1",
        "/proc/sys/kernel/timer_migration, 0|1",
        "/proc/sys/kernel/watchdog, 0|1",
        "/proc/sys/kernel/soft_watchdog, 0|1",
        "/proc/sys/kernel/nmi_watchdog, 0|1",
        "/proc/sys/kernel/watchdog_cpumask, 0|0-1",
        "/proc/sys/kernel/sched_autogroup_enabled, 0|1",
        "/proc/sys/kernel/split_lock_mitigate, 0|1",
        "/proc/sys/kernel/hung_task_timeout_secs, +1",
        "/proc/sys/vm/stat_interval, +1",
        "/proc/sys/vm/swappiness, 10|11",
        "/proc/sys/vm/compaction_proactiveness, 0|20",
        "/proc/sys/vm/zone_reclaim_mode, 0|1",
        "/proc/sys/vm/min_free_kbytes, +1",
        "/proc/sys/vm/dirty_writeback_centisecs, +1",
        "/proc/sys/vm/dirty_expire_centisecs, +1",
        "/proc/sys/net/core/rmem_max, +4096",
        "/proc/sys/net/core/wmem_max, +4096",
        "/proc/sys/net/core/netdev_max_backlog, +1",
        "/proc/sys/net/core/netdev_budget, +1",
        "/proc/sys/net/core/busy_poll, 0|50",
        "/proc/sys/net/core/busy_read, 0|50",
        "/sys/kernel/mm/ksm/run, 0|1",
        "/sys/kernel/mm/transparent_hugepage/enabled, madvise|always",
        "/sys/kernel/mm/transparent_hugepage/defrag, madvise|defer",
        "/sys/kernel/mm/transparent_hugepage/shmem_enabled, never|advise",
        "/sys/kernel/mm/transparent_hugepage/khugepaged/defrag, 0|1",
        "/sys/kernel/mm/hugepages/hugepages-2048kB/nr_hugepages, +1",
        "/sys/kernel/rcu_normal, 0|1",
        "/sys/kernel/rcu_expedited, 0|1",
        "/sys/devices/virtual/workqueue/cpumask, 1|3",
        "/proc/irq/default_smp_affinity, 1|3",
        "/sys/devices/system/cpu/cpu*/cpuidle/state1/disable, 0|1",
        "/sys/devices/system/cpu/cpu*/cpufreq/scaling_governor, performance|powersave",
        "/sys/class/net/*/gro_flush_timeout, 0|20000",
        "/sys/class/net/*/napi_defer_hard_irqs, 0|2",
        "/sys/class/net/*/threaded, 0|1",
        "/sys/class/net/*/queues/rx-0/rps_cpus, 0|1"
    })
    void shouldRestoreEveryByte(final String pattern, final String values) throws IOException {
        final Root live = Root.live();
        final String path =
                live.glob(pattern).stream()
                        .filter(live::writable)
                        .filter(it -> live.read(it).isPresent())
                        .findFirst()
                        .orElse("");
        assumeThat(!path.isEmpty(), pattern, "not there, or this user may not write it");
        assumeThat(Discovery.discover(live).online().count() >= 2, pattern, "needs two CPUs");

        final byte[] before = bytes(path);
        Files.writeString(
                folder.resolve("p.yaml"),
                """
                name: p
                schema: 1
                layout: { trading: { count: 1, isolate: true } }
                sysfs: { '%s': '%s' }
                """
                        .formatted(path, other(live.read(path).orElseThrow(), values)));
        final RollbackJournal journal = new RollbackJournal(folder.resolve("journal"), live);
        final Applier applier = new Applier(live, journal, step -> {});
        final Plan plan =
                Plan.of(new ProfileFolder(folder).read("p"), Discovery.discover(live), live);
        assertEquals(1, plan.with(Plan.Verdict.CHANGE).size(), () -> path + ": " + plan.items());
        final List<Applier.Outcome> applied;
        final List<Applier.Outcome> restored;
        try {
            applied = applier.apply(plan);
        } finally {
            restored = applier.rollback();
        }
        assertTrue(restored.stream().allMatch(Applier.Outcome::done), restored::toString);
        assertArrayEquals(before, bytes(path), path);
        assertFalse(Files.exists(folder.resolve("journal")));
        final Applier.Outcome outcome = applied.getFirst();
        assumeThat(outcome.done(), path, "refused: " + outcome.problem());
        assertFalse(outcome.after().equals(outcome.before()), outcome::toString);
    }

    /** One that it does not have now: a number more, or one of those named. Masks begin with 0s. */
    private static String other(final String current, final String values) {
        if (values.startsWith("+")) {
            return Long.toString(Long.parseLong(current) + Long.parseLong(values.substring(1)));
        }
        final String now = Selection.chosen(current).replaceFirst("^[0,]+(?=.)", "");
        return Stream.of(values.split("\\|"))
                .filter(value -> !value.equals(now))
                .findFirst()
                .orElseThrow();
    }

    /** As a kernel file gives them, in one stream: its length is 0. */
    private static byte[] bytes(final String path) throws IOException {
        try (InputStream stream = Files.newInputStream(Path.of(path))) {
            return stream.readAllBytes();
        }
    }

    private static void assumeThat(final boolean so, final String setting, final String why) {
        if (!so) {
            System.out.println("skipped: " + setting + ": " + why);
        }
        assumeTrue(so, why);
    }
}
