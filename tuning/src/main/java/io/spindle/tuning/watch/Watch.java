package io.spindle.tuning.watch;

import io.spindle.tuning.machine.Root;
import io.spindle.tuning.plan.Plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Looks at one CPU and the thread that owns it, once per {@link #look}, and names what moved since
 * the look before: an interrupt that landed there, a thread that ran there, page faults, huge-page
 * work, a setting that drifted from its profile.
 */
public final class Watch {
    /** What kind of thing disturbed the core. */
    public enum Kind {
        DRIFT,
        COMPETING_THREAD,
        INTERRUPT,
        PAGE_FAULTS,
        HUGE_PAGES,
        PREEMPTED,
        KERNEL_WORK
    }

    /**
     * One thing seen.
     *
     * @param amount how much since the look before: times, faults, or ticks of 10 ms for threads
     */
    public record Finding(Kind kind, String what, long amount) {
        @Override
        public String toString() {
            return kind.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ')
                    + ": "
                    + what
                    + (amount > 0 ? " (+" + amount + ")" : "");
        }
    }

    private static final long OWNER_MS = 500;

    private final Root root;
    private final int cpu;
    private final String thread;
    private final Plan plan;
    private Map<String, Long> counters;
    private Map<String, Competitors.Use> users;

    /**
     * @param thread {@code /proc/PID/task/TID} of the thread that owns the CPU
     * @param plan the profile's settings, for drift; null to look at counters only
     */
    public Watch(final Root root, final int cpu, final String thread, final Plan plan) {
        this.root = root;
        this.cpu = cpu;
        this.thread = thread;
        this.plan = plan;
        this.counters = KernelCounters.read(root, cpu, thread);
        this.users = Competitors.on(root, cpu, thread);
    }

    /**
     * The thread that used a CPU most in half a second, as {@code /proc/PID/task/TID}.
     *
     * @throws IllegalStateException when none used it
     */
    public static String owner(final Root root, final int cpu) throws InterruptedException {
        final Map<String, Competitors.Use> before = Competitors.on(root, cpu, "");
        Thread.sleep(OWNER_MS);
        String owner = "";
        long most = 0;
        for (final Map.Entry<String, Competitors.Use> user :
                Competitors.on(root, cpu, "").entrySet()) {
            final Competitors.Use was = before.get(user.getKey());
            final long ticks = user.getValue().ticks() - (was == null ? 0 : was.ticks());
            if (was != null && ticks > most) {
                most = ticks;
                owner = user.getKey();
            }
        }
        if (owner.isEmpty()) {
            throw new IllegalStateException(
                    "no thread uses cpu " + cpu + "; name one with --thread PID/TID");
        }
        return "/proc/" + owner.replace("/", "/task/");
    }

    /** Everything that moved since the last look, most telling kinds first. */
    public List<Finding> look() {
        final Map<String, Long> now = KernelCounters.read(root, cpu, thread);
        final Map<String, Competitors.Use> present = Competitors.on(root, cpu, thread);
        final List<Finding> findings = new ArrayList<>();
        drift(findings);
        present.forEach(
                (id, use) -> {
                    final Competitors.Use before = users.get(id);
                    final long ticks = use.ticks() - (before == null ? 0 : before.ticks());
                    if (before != null && ticks > 0) {
                        findings.add(
                                new Finding(
                                        Kind.COMPETING_THREAD,
                                        use.name() + " " + id + " ran on cpu " + cpu,
                                        ticks));
                    }
                });
        now.forEach(
                (name, value) -> {
                    final long moved = value - counters.getOrDefault(name, value);
                    if (moved > 0 && kind(name) != null) {
                        findings.add(new Finding(kind(name), name, moved));
                    }
                });
        counters = now;
        users = present;
        findings.sort((a, b) -> a.kind.compareTo(b.kind));
        return findings;
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
        return Kind.KERNEL_WORK;
    }
}
