package io.spindle.tuning.machine;

import io.spindle.affinity.CpuSet;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads a {@link Machine} out of a {@link Root}. What cannot be read is said, never guessed. */
public final class Discovery {
    private static final String CPU = "/sys/devices/system/cpu/";
    private static final List<String> CONFIG_OPTIONS =
            List.of("CONFIG_NO_HZ_FULL", "CONFIG_RCU_NOCB_CPU", "CONFIG_XDP_SOCKETS", "CONFIG_HZ");

    private final Root root;
    private final List<String> notSeen = new ArrayList<>();

    private Discovery(final Root root) {
        this.root = root;
    }

    public static Machine discover(final Root root) {
        return new Discovery(root).machine();
    }

    private Machine machine() {
        final Map<String, String> cpuInfo = firstProcessor();
        final List<Machine.Nic> nics = nics();
        notSeen.addAll(BlindSpots.of(root, nics));
        return new Machine(
                root.read("/proc/sys/kernel/hostname").orElse("unknown"),
                processor(cpuInfo),
                kernel(),
                cpus(),
                nics,
                memory(),
                clock(),
                virtualization(cpuInfo),
                List.copyOf(notSeen));
    }

    private Optional<String> seen(final String path, final String what) {
        final Optional<String> text = root.read(path);
        if (text.isEmpty()) {
            notSeen.add(what + " (" + path + ")");
        }
        return text;
    }

    private Map<String, String> firstProcessor() {
        final Map<String, String> values = new LinkedHashMap<>();
        seen("/proc/cpuinfo", "processor model")
                .orElse("")
                .lines()
                .takeWhile(line -> !line.isBlank())
                .map(line -> line.split(":", 2))
                .filter(pair -> pair.length == 2)
                .forEach(pair -> values.put(pair[0].strip(), pair[1].strip()));
        return values;
    }

    private static Machine.Processor processor(final Map<String, String> cpuInfo) {
        return new Machine.Processor(
                cpuInfo.getOrDefault("vendor_id", "unknown"),
                cpuInfo.getOrDefault("model name", "unknown"),
                number(Optional.ofNullable(cpuInfo.get("cpu family"))),
                List.of(cpuInfo.getOrDefault("flags", "").split(" ")));
    }

    private Machine.Kernel kernel() {
        final Map<String, String> config = new LinkedHashMap<>();
        final String release =
                seen("/proc/sys/kernel/osrelease", "kernel release").orElse("unknown");
        final String text =
                KernelConfig.read(root, release)
                        .or(
                                () -> {
                                    notSeen.add("kernel configuration (/proc/config.gz, /boot)");
                                    return Optional.empty();
                                })
                        .orElse("");
        for (final String option : CONFIG_OPTIONS) {
            text.lines()
                    .filter(
                            line ->
                                    line.startsWith(option + "=")
                                            || line.equals("# " + option + " is not set"))
                    .findFirst()
                    .ifPresent(
                            line ->
                                    config.put(
                                            option,
                                            line.startsWith("#")
                                                    ? "not set"
                                                    : line.substring(option.length() + 1)));
        }
        return new Machine.Kernel(
                release,
                seen("/proc/cmdline", "kernel command line").orElse(""),
                java.util.Collections.unmodifiableMap(config),
                root.read(CPU + "isolated").map(CpuSet::parse).orElse(CpuSet.of(List.of())));
    }

    private List<Machine.Cpu> cpus() {
        final CpuSet present =
                seen(CPU + "present", "CPUs").map(CpuSet::parse).orElse(CpuSet.of(List.of()));
        final CpuSet online = root.read(CPU + "online").map(CpuSet::parse).orElse(present);
        final Map<Integer, Integer> nodes = nodes();
        final List<Machine.Cpu> cpus = new ArrayList<>();
        for (final int id : present.toList()) {
            final String folder = CPU + "cpu" + id + "/";
            final CpuSet siblings =
                    root.read(folder + "topology/thread_siblings_list")
                            .map(CpuSet::parse)
                            .orElse(CpuSet.of(List.of(id)));
            cpus.add(
                    new Machine.Cpu(
                            id,
                            number(root.read(folder + "topology/physical_package_id")),
                            number(root.read(folder + "topology/core_id")),
                            l3(folder),
                            nodes.getOrDefault(id, -1),
                            siblings,
                            online.contains(id)));
        }
        return List.copyOf(cpus);
    }

    /** The lowest CPU that shares the L3 names it; ids of the kernel repeat over sockets. */
    private int l3(final String cpuFolder) {
        for (final String index : root.list(cpuFolder + "cache")) {
            final String cache = cpuFolder + "cache/" + index + "/";
            if (root.read(cache + "level").filter("3"::equals).isPresent()) {
                return root.read(cache + "shared_cpu_list")
                        .map(list -> CpuSet.parse(list).toList().getFirst())
                        .orElse(-1);
            }
        }
        return -1;
    }

    private Map<Integer, Integer> nodes() {
        final Map<Integer, Integer> nodes = new LinkedHashMap<>();
        for (final String list : root.glob("/sys/devices/system/node/node*/cpulist")) {
            final String name = list.split("/")[5];
            root.read(list)
                    .ifPresent(
                            cpus ->
                                    CpuSet.parse(cpus)
                                            .toList()
                                            .forEach(
                                                    cpu ->
                                                            nodes.put(
                                                                    cpu,
                                                                    Integer.valueOf(
                                                                            name.substring(4)))));
        }
        if (nodes.isEmpty()) {
            notSeen.add("NUMA nodes (/sys/devices/system/node)");
        }
        return nodes;
    }

    private List<Machine.Nic> nics() {
        final List<Machine.Nic> nics = new ArrayList<>();
        for (final String name : root.list("/sys/class/net")) {
            final String folder = "/sys/class/net/" + name + "/";
            if (!root.exists(folder + "device/vendor") && !root.exists(folder + "device/uevent")) {
                continue;
            }
            final Map<String, String> event = new LinkedHashMap<>();
            root.read(folder + "device/uevent")
                    .orElse("")
                    .lines()
                    .map(line -> line.split("=", 2))
                    .filter(pair -> pair.length == 2)
                    .forEach(pair -> event.put(pair[0], pair[1]));
            nics.add(
                    new Machine.Nic(
                            name,
                            event.getOrDefault("DRIVER", "unknown"),
                            event.getOrDefault("PCI_ID", "").toLowerCase(java.util.Locale.ROOT),
                            number(root.read(folder + "device/numa_node")),
                            root.read(folder + "speed").orElse("unknown"),
                            root.read(folder + "operstate").orElse("unknown"),
                            (int)
                                    root.list(folder + "queues").stream()
                                            .filter(queue -> queue.startsWith("rx-"))
                                            .count(),
                            settings(name)));
        }
        if (nics.isEmpty()) {
            notSeen.add("a network card with a device behind it (/sys/class/net/*/device)");
        }
        return List.copyOf(nics);
    }

    private Map<String, String> settings(final String card) {
        final String folder = EthtoolFiles.FOLDER + "/" + card + "/";
        final Map<String, String> settings = new LinkedHashMap<>();
        for (final String path : root.glob(folder + "*/*")) {
            root.read(path)
                    .ifPresent(value -> settings.put(path.substring(folder.length()), value));
        }
        return java.util.Collections.unmodifiableMap(settings);
    }

    private Machine.Memory memory() {
        final long total =
                seen("/proc/meminfo", "memory size")
                        .orElse("")
                        .lines()
                        .filter(line -> line.startsWith("MemTotal:"))
                        .map(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .findFirst()
                        .orElse(-1L);
        final Map<String, String> huge = new LinkedHashMap<>();
        for (final String size : root.list("/sys/kernel/mm/hugepages")) {
            root.read("/sys/kernel/mm/hugepages/" + size + "/nr_hugepages")
                    .ifPresent(count -> huge.put(size.substring("hugepages-".length()), count));
        }
        return new Machine.Memory(
                total,
                huge,
                root.read("/sys/kernel/mm/transparent_hugepage/enabled")
                        .map(Selection::chosen)
                        .orElse("unknown"),
                root.read("/proc/swaps").orElse("").lines().count() > 1);
    }

    private Machine.Clock clock() {
        final String folder = "/sys/devices/system/clocksource/clocksource0/";
        return new Machine.Clock(
                seen(folder + "current_clocksource", "clock source").orElse("unknown"),
                Stream.of(root.read(folder + "available_clocksource").orElse("").split(" "))
                        .filter(name -> !name.isBlank())
                        .toList());
    }

    private Machine.Virtualization virtualization(final Map<String, String> cpuInfo) {
        final boolean flag =
                List.of(cpuInfo.getOrDefault("flags", "").split(" ")).contains("hypervisor");
        final String name =
                root.read("/sys/class/dmi/id/sys_vendor")
                        .or(() -> root.read("/sys/hypervisor/type"))
                        .orElse(flag ? "unnamed" : "");
        return new Machine.Virtualization(flag, flag ? name : "");
    }

    private static int number(final Optional<String> text) {
        try {
            return text.map(Integer::parseInt).orElse(-1);
        } catch (final NumberFormatException notOne) {
            return -1;
        }
    }
}
