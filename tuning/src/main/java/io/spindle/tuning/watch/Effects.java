package io.spindle.tuning.watch;

import static java.util.stream.Collectors.joining;

import io.spindle.affinity.CpuSet;
import io.spindle.affinity.ThreadStatus;
import io.spindle.tuning.machine.Root;
import io.spindle.tuning.plan.Plan;
import io.spindle.tuning.plan.Setting;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * Whether what a profile does for its isolated CPUs has the effect that it is done for, as the live
 * machine shows when it is watched for a while:
 *
 * <pre>
 *   isolcpus                            the kernel says so; no foreign thread may run there
 *   nohz_full                           the kernel says so; the timer hardly ticks there
 *   isolcpus=managed_irq, /proc/irq/…   no device interrupts them
 * </pre>
 *
 * The first two are judged by this and not by the words of the kernel's command line.
 */
public final class Effects {
    private static final String ISOLCPUS = "isolcpus";
    private static final String NOHZ_FULL = "nohz_full";
    private static final String CPU_FOLDER = "/sys/devices/system/cpu/";
    private static final String TIMER = "timer";

    /** A tick that is not stopped comes a hundred times a second or more. */
    private static final long TICKS_A_SECOND = 10;

    /** One line of the verdict. */
    public record Effect(boolean holds, String what) {}

    private final Root root;
    private final Plan plan;
    private final CpuSet dataPath;
    private final Map<Integer, Map<String, Long>> before;

    /** Begins to watch. */
    public Effects(final Root root, final Plan plan) {
        this.root = root;
        this.plan = plan;
        this.dataPath = plan.layout().dataPath();
        this.before = interrupts();
    }

    /** Whether this, and no read-back, is to say if the setting holds. */
    public static boolean judges(final Plan.Item item) {
        return item.verdict() != Plan.Verdict.ABSENT
                && (isArgument(item, ISOLCPUS) || isArgument(item, NOHZ_FULL));
    }

    /** False when the profile does nothing whose effect could be seen. */
    public boolean isAny() {
        return plan.items().stream().anyMatch(Effects::judges) || keepsInterruptsOff();
    }

    /**
     * @param seconds since this was made
     * @param allowedOn the threads that may run on a CPU
     */
    public List<Effect> look(
            final double seconds, final IntFunction<List<ThreadStatus>> allowedOn) {
        final Map<Integer, Map<String, Long>> now = interrupts();
        final List<Effect> effects = new ArrayList<>();
        argument(ISOLCPUS)
                .ifPresent(
                        item -> {
                            effects.add(kernelSays("isolated", item));
                            dataPath.toList()
                                    .forEach(cpu -> effects.add(alone(cpu, allowedOn.apply(cpu))));
                        });
        argument(NOHZ_FULL)
                .ifPresent(
                        item -> {
                            effects.add(kernelSays(NOHZ_FULL, item));
                            now.forEach((cpu, counts) -> effects.add(tick(cpu, counts, seconds)));
                        });
        if (keepsInterruptsOff()) {
            now.forEach((cpu, counts) -> effects.add(devices(cpu, counts, seconds)));
        }
        return effects;
    }

    private static boolean isArgument(final Plan.Item item, final String name) {
        return item.setting().path().isEmpty() && item.setting().wanted().startsWith(name + "=");
    }

    private Optional<Plan.Item> argument(final String name) {
        return plan.items().stream()
                .filter(Effects::judges)
                .filter(item -> isArgument(item, name))
                .findFirst();
    }

    private boolean keepsInterruptsOff() {
        return argument(ISOLCPUS).filter(item -> words(item).contains("managed_irq")).isPresent()
                || plan.items().stream()
                        .filter(item -> item.verdict() != Plan.Verdict.ABSENT)
                        .anyMatch(item -> item.setting().path().startsWith("/proc/irq/"));
    }

    private static List<String> words(final Plan.Item argument) {
        final String wanted = argument.setting().wanted();
        return List.of(wanted.substring(wanted.indexOf('=') + 1).split(","));
    }

    private Map<Integer, Map<String, Long>> interrupts() {
        final Map<Integer, Map<String, Long>> counts = new LinkedHashMap<>();
        for (final int cpu : dataPath.toList()) {
            final Map<String, Long> ofCpu = new LinkedHashMap<>();
            KernelCounters.interrupts(root, cpu, ofCpu);
            counts.put(cpu, ofCpu);
        }
        return counts;
    }

    /** The CPUs of the argument, less the words in front of them. */
    private Effect kernelSays(final String file, final Plan.Item item) {
        final String wanted =
                words(item).stream()
                        .filter(word -> !word.isEmpty() && Character.isDigit(word.charAt(0)))
                        .collect(joining(","));
        final String path = CPU_FOLDER + file;
        final String current = root.read(path).orElse("");
        return new Effect(
                new Setting(path, wanted, item.setting().knowledge()).satisfiedBy(current),
                "%s is '%s', wanted '%s'".formatted(path, current, wanted));
    }

    /** Whoever may run on these CPUs only is taken for the profile's own. */
    private Effect alone(final int cpu, final List<ThreadStatus> allowed) {
        final List<ThreadStatus> foreign =
                allowed.stream()
                        .filter(thread -> !thread.allowed().without(dataPath).isEmpty())
                        .toList();
        return new Effect(
                foreign.isEmpty(),
                foreign.isEmpty()
                        ? "no foreign thread may run on cpu " + cpu
                        : "%d foreign threads may run on cpu %d, first %s"
                                .formatted(foreign.size(), cpu, foreign.getFirst().label()));
    }

    private Effect tick(final int cpu, final Map<String, Long> counts, final double seconds) {
        final long ticks =
                moved(cpu, counts)
                        .filter(count -> count.getKey().contains(TIMER))
                        .mapToLong(Map.Entry::getValue)
                        .sum();
        final long most = Math.round(TICKS_A_SECOND * seconds);
        return new Effect(
                ticks <= most,
                String.format(
                        Locale.ROOT,
                        "the timer interrupted cpu %d %d times in %.1f s, at most %d wanted",
                        cpu,
                        ticks,
                        seconds,
                        most));
    }

    private Effect devices(final int cpu, final Map<String, Long> counts, final double seconds) {
        final String devices =
                moved(cpu, counts)
                        .filter(count -> count.getKey().startsWith("irq "))
                        .filter(count -> !count.getKey().contains(TIMER))
                        .map(count -> count.getKey() + " (+" + count.getValue() + ")")
                        .collect(joining(", "));
        return new Effect(
                devices.isEmpty(),
                String.format(
                        Locale.ROOT,
                        "devices that interrupted cpu %d in %.1f s: %s",
                        cpu,
                        seconds,
                        devices.isEmpty() ? "none" : devices));
    }

    private Stream<Map.Entry<String, Long>> moved(final int cpu, final Map<String, Long> counts) {
        final Map<String, Long> earlier = before.get(cpu);
        return counts.entrySet().stream()
                .map(
                        count ->
                                Map.entry(
                                        count.getKey(),
                                        count.getValue()
                                                - earlier.getOrDefault(count.getKey(), 0L)))
                .filter(count -> count.getValue() > 0);
    }
}
