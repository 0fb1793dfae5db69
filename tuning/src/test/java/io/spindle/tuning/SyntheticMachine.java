package io.spindle.tuning;

import io.spindle.affinity.CpuSet;
import io.spindle.tuning.machine.Root;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/** Writes the files of a machine that does not exist. Every fixture made here is synthetic. */
final class SyntheticMachine {
    /** What drivers begin with, as ethtool tells it. */
    private static final String CARD_SETTINGS =
            """
            channels/combined 1
            coalesce/adaptiveRx on
            coalesce/adaptiveTx off
            coalesce/rxFrames 0
            coalesce/rxUsecs 60
            coalesce/txFrames 0
            coalesce/txUsecs 60
            driver/firmware 8.2.4.1009
            features/rx-checksum on
            features/rx-gro on
            features/rx-gro-hw off
            features/rx-lro off
            features/tx-generic-segmentation on
            features/tx-tcp-segmentation on
            features/tx-tcp6-segmentation on
            pause/autoneg on
            pause/rx on
            pause/tx on
            rings/rx 1024
            rings/tx 1024
            """;

    private final Map<String, String> files = new LinkedHashMap<>();

    /** Two Intel sockets of 8 cores with SMT, a Solarflare X2 on socket 1, another card on 0. */
    static SyntheticMachine intelTwoSockets() {
        return new SyntheticMachine("intel-2s", "GenuineIntel", 6, "Xeon, synthetic")
                .kernel("6.1.0", "quiet", "CONFIG_NO_HZ_FULL=y")
                .cpus(2, 8, 2, 8)
                .nic("mgmt0", "igb", "8086:1521", 0)
                .nic("order0", "sfc", "1924:0a03", 1)
                .untuned();
    }

    /** One EPYC socket, 16 cores without SMT, L3 shared by 4, a Solarflare X3. */
    static SyntheticMachine epyc() {
        return new SyntheticMachine("epyc", "AuthenticAMD", 25, "EPYC, synthetic")
                .kernel("6.8.0", "quiet isolcpus=managed_irq,domain,1,4", "CONFIG_NO_HZ_FULL=y")
                .cpus(1, 16, 1, 4)
                .nic("order0", "xilinx_efct", "10ee:5084", 0)
                .untuned();
    }

    /** A desktop: one socket, 6 cores with SMT, any card. */
    static SyntheticMachine desktop() {
        return new SyntheticMachine("desktop", "GenuineIntel", 6, "Core, synthetic")
                .kernel("6.12.1", "quiet", "# CONFIG_NO_HZ_FULL is not set")
                .cpus(1, 6, 2, 6)
                .nic("enp3s0", "igc", "8086:15f3", -1)
                .untuned();
    }

    /** A virtual machine of two CPUs. */
    static SyntheticMachine smallVm() {
        return new SyntheticMachine("vm", "AuthenticAMD", 25, "EPYC, synthetic guest")
                .flags("fpu hypervisor constant_tsc")
                .kernel("6.18.1", "quiet", "# CONFIG_NO_HZ_FULL is not set")
                .cpus(1, 2, 1, 2)
                .nic("eth0", "virtio_net", "", -1)
                .untuned();
    }

    private SyntheticMachine(
            final String host, final String vendor, final int family, final String model) {
        file("/proc/sys/kernel/hostname", host);
        file(
                "/proc/cpuinfo",
                "processor\t: 0\nvendor_id\t: %s\ncpu family\t: %d\nmodel name\t: %s\nflags\t\t: fpu constant_tsc\n"
                        .formatted(vendor, family, model));
        file("/proc/meminfo", "MemTotal:       65536000 kB\n");
        file("/proc/swaps", "Filename Type Size Used Priority\n");
        final String clock = "/sys/devices/system/clocksource/clocksource0/";
        file(clock + "current_clocksource", "tsc");
        file(clock + "available_clocksource", "tsc hpet acpi_pm");
    }

    private SyntheticMachine flags(final String flags) {
        file("/proc/cpuinfo", files.get("/proc/cpuinfo").replace("fpu constant_tsc", flags));
        return this;
    }

    private SyntheticMachine kernel(
            final String release, final String commandLine, final String config) {
        file("/proc/sys/kernel/osrelease", release);
        file("/proc/cmdline", commandLine);
        file("/boot/config-" + release, "CONFIG_HZ=250\n" + config + "\n");
        file("/sys/devices/system/cpu/isolated", "");
        return this;
    }

    /**
     * SMT siblings are numbered behind all first threads, as firmware usually does. CPU 0 cannot be
     * switched off.
     */
    private SyntheticMachine cpus(
            final int sockets, final int cores, final int threads, final int coresPerL3) {
        final int firsts = sockets * cores;
        final String all = "0-" + (firsts * threads - 1);
        file("/sys/devices/system/cpu/present", all);
        file("/sys/devices/system/cpu/online", all);
        for (int id = 0; id < firsts * threads; id++) {
            final int core = id % firsts;
            final String folder = "/sys/devices/system/cpu/cpu" + id + "/";
            if (id > 0) {
                file(folder + "online", "1");
            }
            file(folder + "topology/physical_package_id", "" + core / cores);
            file(folder + "topology/core_id", "" + core % cores);
            file(folder + "topology/thread_siblings_list", siblings(core, firsts, threads));
            file(folder + "cache/index3/level", "3");
            file(
                    folder + "cache/index3/shared_cpu_list",
                    CpuSet.of(
                                    IntStream.range(0, firsts * threads)
                                            .filter(
                                                    other ->
                                                            other % firsts / coresPerL3
                                                                    == core / coresPerL3)
                                            .boxed()
                                            .toList())
                            .toString());
            file(folder + "cpufreq/scaling_governor", "powersave");
        }
        for (int socket = 0; socket < sockets; socket++) {
            final int first = socket * cores;
            file(
                    "/sys/devices/system/node/node" + socket + "/cpulist",
                    CpuSet.of(
                                    IntStream.range(0, firsts * threads)
                                            .filter(
                                                    id ->
                                                            id % firsts >= first
                                                                    && id % firsts < first + cores)
                                            .boxed()
                                            .toList())
                            .toString());
        }
        return this;
    }

    private static String siblings(final int core, final int firsts, final int threads) {
        return CpuSet.of(IntStream.range(0, threads).mapToObj(t -> core + t * firsts).toList())
                .toString();
    }

    private SyntheticMachine nic(
            final String name, final String driver, final String pciId, final int node) {
        final String folder = "/sys/class/net/" + name + "/";
        file(
                folder + "device/uevent",
                "DRIVER=" + driver + (pciId.isEmpty() ? "" : "\nPCI_ID=" + pciId));
        file(folder + "device/numa_node", "" + node);
        file(folder + "speed", "10000");
        file(folder + "operstate", "up");
        file(folder + "queues/rx-0/rps_cpus", "0");
        file(folder + "gro_flush_timeout", "0");
        file(folder + "napi_defer_hard_irqs", "0");
        CARD_SETTINGS
                .lines()
                .map(line -> line.split(" "))
                .forEach(setting -> file("/ethtool/" + name + "/" + setting[0], setting[1]));
        return this;
    }

    /** Everything the profiles set, at values that are wrong for trading. */
    private SyntheticMachine untuned() {
        file("/proc/sys/kernel/numa_balancing", "1");
        file("/proc/sys/kernel/timer_migration", "1");
        file("/proc/sys/kernel/watchdog", "1");
        file("/proc/sys/vm/stat_interval", "1");
        file("/proc/sys/vm/swappiness", "60");
        file("/proc/sys/vm/compaction_proactiveness", "20");
        file("/proc/sys/vm/zone_reclaim_mode", "0");
        file("/proc/sys/net/core/rmem_max", "212992");
        file("/proc/sys/net/core/wmem_max", "212992");
        file("/proc/sys/net/core/netdev_max_backlog", "1000");
        file("/sys/kernel/mm/ksm/run", "1");
        file("/sys/kernel/mm/transparent_hugepage/enabled", "[always] madvise never");
        file("/sys/kernel/mm/transparent_hugepage/defrag", "always defer [madvise] never");
        file("/sys/kernel/mm/transparent_hugepage/khugepaged/defrag", "1");
        file("/sys/kernel/mm/hugepages/hugepages-2048kB/nr_hugepages", "0");
        file("/sys/devices/virtual/workqueue/cpumask", "ff");
        file("/proc/irq/default_smp_affinity", "ff");
        file("/proc/irq/24/smp_affinity_list", "0-1");
        return this;
    }

    SyntheticMachine file(final String path, final String content) {
        files.put(path, content);
        return this;
    }

    Root writeTo(final Path folder) throws IOException {
        for (final Map.Entry<String, String> file : files.entrySet()) {
            final Path path = folder.resolve(file.getKey().substring(1));
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue() + "\n");
        }
        return new Root(folder);
    }
}
