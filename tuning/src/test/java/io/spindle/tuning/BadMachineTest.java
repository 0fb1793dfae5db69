package io.spindle.tuning;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.spindle.tuning.cli.TuneCommand;
import io.spindle.tuning.machine.Discovery;
import io.spindle.tuning.machine.Root;
import io.spindle.tuning.profile.ProfileFolder;
import io.spindle.tuning.profile.ProfileLint;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * For every rule a machine that is right in all but one thing, and what the tuner says of it. The
 * golden files are written anew with -Dgolden.write=true.
 */
class BadMachineTest {
    private static final Path PROFILES =
            Path.of(System.getProperty("spindle.root", ".."))
                    .toAbsolutePath()
                    .resolve("hw-profiles");
    private static final Path GOLDEN = Path.of("src/test/resources/golden");

    /** File, and the value that is wrong for trading. */
    private static final String[][] BREAKAGES = {
        {"proc/sys/kernel/numa_balancing", "1"},
        {"proc/sys/kernel/timer_migration", "1"},
        {"proc/sys/kernel/watchdog", "1"},
        {"proc/sys/vm/stat_interval", "1"},
        {"proc/sys/vm/swappiness", "60"},
        {"proc/sys/vm/compaction_proactiveness", "20"},
        {"proc/sys/vm/zone_reclaim_mode", "1"},
        {"proc/sys/net/core/rmem_max", "212992"},
        {"proc/sys/net/core/wmem_max", "212992"},
        {"proc/sys/net/core/netdev_max_backlog", "1000"},
        {"sys/kernel/mm/ksm/run", "1"},
        {"sys/kernel/mm/transparent_hugepage/enabled", "[always] madvise never"},
        {"sys/kernel/mm/transparent_hugepage/defrag", "[always] defer madvise never"},
        {"sys/kernel/mm/transparent_hugepage/khugepaged/defrag", "1"},
        {"sys/kernel/mm/hugepages/hugepages-2048kB/nr_hugepages", "0"},
        {"sys/devices/virtual/workqueue/cpumask", "ffff"},
        {"proc/irq/default_smp_affinity", "ffff"},
        {"proc/irq/24/smp_affinity_list", "1"},
        {"sys/devices/system/cpu/cpu3/cpufreq/scaling_governor", "powersave"},
        {"ethtool/order0/rings/rx", "1024"},
        {"ethtool/order0/coalesce/rxUsecs", "60"},
        {"ethtool/order0/pause/rx", "on"},
        {"ethtool/order0/features/rx-gro", "on"},
        {"proc/cmdline", "quiet nohz_full=1-2 rcu_nocbs=1-2"},
        {"proc/cmdline", "quiet isolcpus=managed_irq,domain,1-2 rcu_nocbs=1-2"},
        {"proc/cmdline", "quiet isolcpus=managed_irq,domain,1-2 nohz_full=1-2"},
    };

    /** Lines of a profile that lint must warn of, each in a profile of its own. */
    private static final List<String> TRAPS =
            List.of(
                    "sysctl: { kernel.sched_rt_runtime_us: '-1' }",
                    "sysctl: { vm.swapiness: '0' }",
                    "sysfs: { /proc/irq/*/smp_afinity: '1', /proc/irq/*/smp_affinity_list: '0' }",
                    "nic: { rings: { rx: 512 } }",
                    "nic: { interfaces: [enp9s0], rings: { rx: 512 } }",
                    "nic: { interfaces: [enp3s0], coalesce: { adaptiveRx: on, rxUsecs: 5 } }",
                    "nic: { interfaces: [enp3s0], napi: { deferHardIrqs: 2 } }",
                    "kernelArgs: ['nohz_full=1']",
                    "kernelArgs: ['isolcpus=domain,1']",
                    "kernelArgs: ['idle=poll']",
                    "jvm: { trading: ['-XX:+UseBiasedLocking'] }",
                    "jvm: { trading: ['-XX:+UseRTMLocking'] }",
                    "jvm: { mgmt: ['-XX:+ZGenerational'] }",
                    "onload: { env: { EF_CTPIO_MODE: ct } }");

    @TempDir private Path folder;

    private String tune(final String... arguments) {
        final StringWriter out = new StringWriter();
        final String[] all = new String[arguments.length + 6];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        final String[] options = {
            "--root", folder.toString(),
            "--profiles", PROFILES.toString(),
            "--journal", folder.resolve("journal").toString()
        };
        System.arraycopy(options, 0, all, arguments.length, options.length);
        final int code =
                new CommandLine(new TuneCommand()).setOut(new PrintWriter(out)).execute(all);
        return out + "exit " + code + "\n";
    }

    private static void assertGolden(final String name, final String report) throws IOException {
        final Path golden = GOLDEN.resolve(name);
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(golden, report);
        }
        assertEquals(Files.readString(golden), report);
    }

    @Test
    void shouldNameTheOneThingThatIsWrong() throws IOException {
        SyntheticMachine.epyc().writeTo(folder);
        Files.writeString(
                folder.resolve("proc/cmdline"),
                "quiet isolcpus=managed_irq,domain,1-2 rcu_nocbs=1-2 nohz_full=1-2\n");
        tune("apply", "epyc-sfc-x3");
        final StringBuilder report = new StringBuilder("all right\n");
        report.append(tune("verify", "epyc-sfc-x3"));
        for (final String[] breakage : BREAKAGES) {
            final Path file = folder.resolve(breakage[0]);
            final String right = Files.readString(file);
            Files.writeString(file, breakage[1] + "\n");
            report.append("\n/%s = %s%n".formatted(breakage[0], breakage[1]));
            report.append(tune("verify", "epyc-sfc-x3"));
            Files.writeString(file, right);
        }
        assertGolden("bad-machines-verify.txt", report.toString());
    }

    @Test
    void shouldWarnOfEveryTrapInAProfile() throws IOException {
        final Root root = SyntheticMachine.desktop().writeTo(folder.resolve("m"));
        final StringBuilder report = new StringBuilder();
        for (final String trap : TRAPS) {
            Files.writeString(
                    folder.resolve("p-x2.yaml"),
                    """
                    name: p-x2
                    schema: 1
                    match: { nicDrivers: [sfc] }
                    evidence: { measuredOn: box }
                    """
                            + trap
                            + "\n");
            report.append(trap).append('\n');
            ProfileLint.check(
                            new ProfileFolder(folder).read("p-x2"), Discovery.discover(root), root)
                    .forEach(line -> report.append("  ").append(line).append('\n'));
        }
        assertGolden("bad-profiles-lint.txt", report.toString());
    }
}
