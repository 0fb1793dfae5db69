package io.spindle.tuning;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.spindle.tuning.machine.Discovery;
import io.spindle.tuning.machine.Root;
import io.spindle.tuning.plan.Knowledge;
import io.spindle.tuning.plan.Plan;
import io.spindle.tuning.plan.Setting;
import io.spindle.tuning.profile.ProfileFolder;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The kernel does not print a value as somebody wrote it. */
class SettingTest {
    private static final String MASK = "/sys/devices/virtual/workqueue/cpumask";

    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    /sys/devices/virtual/workqueue/cpumask | fffd        | 0000fffd          | true
                    /sys/devices/virtual/workqueue/cpumask | FFFD        | 0000fffd          | true
                    /sys/devices/virtual/workqueue/cpumask | ff,ffffffff | 000000ff,ffffffff | true
                    /sys/devices/virtual/workqueue/cpumask | 1,1         | 1,00000001        | true
                    /sys/devices/virtual/workqueue/cpumask | 1,1         | 11                | false
                    /proc/irq/default_smp_affinity         | 10          | 012               | false
                    /proc/irq/default_smp_affinity         | 0xc         | 012               | false
                    /proc/irq/24/smp_affinity              | 12          | 012               | true
                    /sys/class/net/e/queues/rx-0/rps_cpus  | 3           | 00000003          | true
                    /proc/irq/24/smp_affinity_list         | 0,1         | 0-1               | true
                    /proc/irq/24/smp_affinity_list         | 0,2         | 0-2               | false
                    /proc/irq/24/smp_affinity_list         | 3-1         | 1-3               | false
                    /proc/sys/kernel/watchdog_cpumask      | 0,1,2       | 0-2               | true
                    /sys/fs/cgroup/a/cpuset.cpus           | 0,1         | 0-1               | true
                    /proc/sys/vm/swappiness                | 010         | 10                | true
                    /proc/sys/vm/swappiness                | 010         | 8                 | false
                    /proc/sys/vm/swappiness                | 0x10        | 16                | true
                    /proc/sys/vm/swappiness                | 10          | 16                | false
                    /proc/sys/kernel/printk                | 4 4 1 7     | 4  4  1  7        | true
                    /proc/sys/kernel/printk                | 4 4 1 7     | 4 4 1             | false
                    /sys/kernel/mm/transparent_hugepage/enabled | madvise | never            | false
                    """)
    void shouldCompareByMeaning(
            final String path, final String wanted, final String printed, final boolean same) {
        final Setting setting = new Setting(path, wanted, new Knowledge("", "", ""));
        assertEquals(same, setting.satisfiedBy(printed));
    }

    @Test
    void shouldHoldWhenTheKernelFillsTheMaskUpWithZeros() throws IOException {
        final Root root =
                SyntheticMachine.smallVm().file(MASK, "0000fffd").writeTo(folder.resolve("m"));
        Files.writeString(
                folder.resolve("p.yaml"),
                "name: p\nschema: 1\nlayout: { trading: { count: 1, isolate: true } }\nsysfs:\n  "
                        + MASK
                        + ": 'fffd'\n");
        final Plan plan =
                Plan.of(new ProfileFolder(folder).read("p"), Discovery.discover(root), root);
        assertEquals(
                List.of(Plan.Verdict.HOLDS),
                plan.items().stream().map(Plan.Item::verdict).toList());
    }
}
