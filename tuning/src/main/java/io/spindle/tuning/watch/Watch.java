package io.spindle.tuning.watch;

import io.spindle.affinity.TaskStat;
import io.spindle.tuning.machine.Root;
import io.spindle.tuning.plan.Plan;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Looks at one CPU and the thread that owns it, once per {@link #look}, and names what moved since
 * the look before: an interrupt that landed there, a thread that ran there, page faults, huge-page
 * work, a safepoint, a queue in front of the loop, a setting that drifted from its profile.
 */
public final class Watch {
    /** What kind of thing disturbed the core, the most telling first. */
    public enum Kind {
        DRIFT,
        COMPETING_THREAD,
        INTERRUPT,
        /** System management: firmware stopped the core. */
        SMI,
        PAGE_FAULTS,
        HUGE_PAGES,
        /** Its JVM stopped the owner, as to collect garbage. */
        SAFEPOINT,
        PREEMPTED,
        /** Orders waited for the loop, which was at others. */
        QUEUEING,
        /** Many orders came in the same turn of the loop. */
        BURST,
        KERNEL_WORK
    }

    /**
     * One thing seen.
     *
     * @param amount how much since the look before: times, faults, or ns for threads; 0 = told in
     *     words or not counted
     */
    public record Finding(Kind kind, String what, long amount) {
        @Override
        public String toString() {
            return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ') + ": " + what + size();
        }

        private String size() {
            if (amount <= 0) {
                return "";
            }
            return kind == Kind.COMPETING_THREAD || kind == Kind.SAFEPOINT
                    ? String.format(Locale.ROOT, " (%.3f ms)", amount / 1e6)
                    : " (+" + amount + ")";
        }
    }

    private static final long OWNER_MS = 500;
    private static final String SAFEPOINT_THREAD = "VM Thread";

    /** It also wakes up once in a while to do nothing, which takes less. */
    private static final long SAFEPOINT_NS = 50_000;

    private final Root root;
    private final int cpu;
    private final String thread;
    private final String process;
    private final Plan plan;
    private final Optional<Path> loopCounts;
    private Map<String, Long> counters;
    private Map<String, Long> ranNs;

    /**
     * @param thread {@code /proc/PID/task/TID} of the thread that owns the CPU
     * @param plan the profile's settings, for drift; null to look at counters only
     */
    public Watch(final Root root, final int cpu, final String thread, final Plan plan) {
        this.root = root;
        this.cpu = cpu;
        this.thread = thread;
        this.process = thread.split("/")[2];
        this.plan = plan;
        this.loopCounts = LoopCounts.file(root, process);
        this.counters = counters();
        this.ranNs = Competitors.ranNs(root);
    }

    /**
     * The thread that used a CPU most in half a second, as {@code /proc/PID/task/TID}.
     *
     * @throws IllegalStateException when none used it
     */
    public static String owner(final Root root, final int cpu) throws InterruptedException {
        final Map<String, Long> before = Competitors.ranNs(root);
        Thread.sleep(OWNER_MS);
        String owner = "";
        long most = 0;
        for (final Map.Entry<String, Long> ran : Competitors.ranNs(root).entrySet()) {
            final long ns = ran.getValue() - before.getOrDefault(ran.getKey(), 0L);
            if (ns > most
                    && Competitors.stat(root, ran.getKey())
                            .filter(stat -> stat.processor() == cpu)
                            .isPresent()) {
                most = ns;
                owner = ran.getKey();
            }
        }
        if (owner.isEmpty()) {
            throw new IllegalStateException(
                    "no thread uses cpu " + cpu + "; name one with --thread PID/TID");
        }
        return Competitors.folder(owner);
    }

    /** Everything that moved since the last look, most telling kinds first. */
    public List<Finding> look() {
        final Map<String, Long> now = counters();
        final List<Finding> findings = new ArrayList<>();
        drift(findings);
        threads(findings);
        now.forEach(
                (name, value) -> {
                    final long moved = value - counters.getOrDefault(name, value);
                    if (moved > 0 && kind(name) != null) {
                        findings.add(new Finding(kind(name), name, moved));
                    }
                });
        counters = now;
        findings.sort(Comparator.comparing(Finding::kind));
        return findings;
    }

    private Map<String, Long> counters() {
        final Map<String, Long> read = KernelCounters.read(root, cpu, thread);
        loopCounts.ifPresent(file -> LoopCounts.read(file, read));
        return read;
    }

    /** One that was not there at the last look began since: all its time is of now. */
    private void threads(final List<Finding> findings) {
        final Map<String, Long> present = Competitors.ranNs(root);
        present.forEach(
                (id, ns) -> {
                    final long before = ranNs.getOrDefault(id, 0L);
                    final long moved = ns < before ? ns : ns - before;
                    if (moved > 0 && !Competitors.folder(id).equals(thread)) {
                        Competitors.stat(root, id)
                                .ifPresent(stat -> thread(id, stat, moved, findings));
                    }
                });
        ranNs = present;
    }

    private void thread(
            final String id, final TaskStat stat, final long moved, final List<Finding> findings) {
        if (stat.processor() == cpu) {
            findings.add(
                    new Finding(
                            Kind.COMPETING_THREAD,
                            stat.name() + " " + id + " ran on cpu " + cpu,
                            moved));
        }
        if (id.startsWith(process + "/")
                && stat.name().equals(SAFEPOINT_THREAD)
                && moved >= SAFEPOINT_NS) {
            findings.add(new Finding(Kind.SAFEPOINT, "the owner's VM Thread worked", moved));
        }
    }

    private void drift(final List<Finding> findings) {
        if (plan == null) {
            return;
        }
        for (final Plan.Item item : plan.with(Plan.Verdict.HOLDS)) {
            item.setting()
                    .current(root)
                    .filter(current -> !item.setting().satisfiedBy(current))
                    .ifPresent(
                            current ->
                                    findings.add(
                                            new Finding(
                                                    Kind.DRIFT,
                                                    item.setting().path()
                                                            + " is '"
                                                            + current
                                                            + "', profile wants '"
                                                            + item.setting().wanted()
                                                            + "'",
                                                    0)));
        }
    }

    /** null for what every spinning core sees all the time. */
    private static Kind kind(final String counter) {
        if (counter.startsWith("irq ")) {
            return Kind.INTERRUPT;
        }
        if (counter.startsWith("interrupt ")) {
            return counter.contains("timer") ? null : Kind.INTERRUPT;
        }
        if (counter.startsWith("thread ")) {
            return counter.endsWith("switches") ? Kind.PREEMPTED : Kind.PAGE_FAULTS;
        }
        if (counter.startsWith("vmstat thp") || counter.startsWith("vmstat compact")) {
            return Kind.HUGE_PAGES;
        }
        if (counter.startsWith("softirq ")) {
            return counter.endsWith("TIMER") || counter.endsWith("SCHED") || counter.endsWith("RCU")
                    ? null
                    : Kind.KERNEL_WORK;
        }
        if (counter.startsWith(LoopCounts.PREFIX)) {
            return Kind.QUEUEING;
        }
        return counter.equals(KernelCounters.SMI) ? Kind.SMI : Kind.KERNEL_WORK;
    }
}
