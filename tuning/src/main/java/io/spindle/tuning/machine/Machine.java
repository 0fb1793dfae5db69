package io.spindle.tuning.machine;

import io.spindle.affinity.CpuSet;

import java.util.List;
import java.util.Map;

/**
 * What a machine is, as far as its files tell.
 *
 * @param notSeen what could not be read here, in words for the report
 */
public record Machine(
        String hostName,
        Processor processor,
        Kernel kernel,
        List<Cpu> cpus,
        List<Nic> nics,
        Memory memory,
        Clock clock,
        Virtualization virtualization,
        List<String> notSeen) {

    /** Vendor and model as /proc/cpuinfo names them; family −1 when it does not say. */
    public record Processor(String vendor, String model, int family, List<String> flags) {}

    /** config holds the options that matter to the tuner, "not set" where the kernel says so. */
    public record Kernel(
            String release, String commandLine, Map<String, String> config, CpuSet isolated) {
        /** major × 1000 + minor, 6018 for 6.18.x; 0 when the release is not of that form. */
        public int version() {
            final String[] parts = release.split("[.-]");
            try {
                return Integer.parseInt(parts[0]) * 1000 + Integer.parseInt(parts[1]);
            } catch (final NumberFormatException | ArrayIndexOutOfBoundsException strange) {
                return 0;
            }
        }
    }

    /** One logical CPU; l3 and node are −1 where the machine hides them. */
    public record Cpu(
            int id, int socket, int core, int l3, int node, CpuSet siblings, boolean online) {}

    /**
     * One network interface.
     *
     * @param node −1 = no locality known
     * @param settings what ethtool says of it, by {@code group/name}
     */
    public record Nic(
            String name,
            String driver,
            String pciId,
            int node,
            String speed,
            String state,
            int queues,
            Map<String, String> settings) {}

    public record Memory(
            long totalKiB,
            Map<String, String> hugePages,
            String transparentHugePages,
            boolean swapOn) {}

    public record Clock(String source, List<String> available) {}

    /** hypervisor is empty on bare metal. */
    public record Virtualization(boolean virtual, String hypervisor) {}

    public CpuSet online() {
        return CpuSet.of(cpus.stream().filter(Cpu::online).map(Cpu::id).toList());
    }

    public Cpu cpu(final int id) {
        return cpus.stream()
                .filter(cpu -> cpu.id() == id)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no cpu " + id));
    }
}
