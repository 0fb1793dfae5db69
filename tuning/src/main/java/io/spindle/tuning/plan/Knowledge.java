package io.spindle.tuning.plan;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is known about a setting: shown in plans and reports.
 *
 * @param reason what it does to latency
 * @param risk what it may cost; empty = nothing worth a word
 * @param consent the word a profile must put under {@code consent} before the tuner writes it, or
 *     tells anybody to boot with it; empty = none needed
 */
public record Knowledge(String reason, String risk, String consent) {
    private static final Pattern PARAMETER =
            Pattern.compile("/sys/module/([^/]+)/parameters/([^/]+)");

    private static final Pattern SYSCTL = Pattern.compile("sysctl[./](.*)");

    private record Rule(Pattern path, Knowledge knowledge) {}

    private static final List<Rule> RULES =
            List.of(
                    rule("kernel/numa_balancing", "page migration faults stop the thread", "", ""),
                    rule(
                            "vm/stat_interval",
                            "per-CPU statistics work wakes the core",
                            "vmstat lags",
                            ""),
                    rule(
                            "kernel/timer_migration",
                            "timers of other cores land on this one",
                            "",
                            ""),
                    rule(
                            "kernel/(nmi_|soft_)?watchdog",
                            "a watchdog thread or interrupt per core",
                            "hangs go unseen",
                            ""),
                    rule("kernel/watchdog_cpumask", "keeps watchdogs off the data path", "", ""),
                    rule(
                            "kernel/sched_rt_(runtime|period)_us",
                            "real-time throttling takes 5 % of the core",
                            "a spinning real-time thread can lock the machine",
                            "rt-unlimited"),
                    rule(
                            "sched/\\w+_server/",
                            "the scheduler keeps time of a core for other threads",
                            "a spinning real-time thread can lock the machine",
                            "rt-unlimited"),
                    rule("vm/swappiness", "a swapped page is a fault of milliseconds", "", ""),
                    rule(
                            "vm/compaction_proactiveness",
                            "background compaction locks pages",
                            "",
                            ""),
                    rule("vm/zone_reclaim_mode", "reclaim in the allocating thread", "", ""),
                    rule("vm/dirty_", "bounds the write-back burst", "earlier throttling", ""),
                    rule(
                            "net/core/busy_",
                            "polls the card instead of waiting for it",
                            "burns CPU",
                            ""),
                    rule("net/core/[rw]mem_", "room for bursts in socket buffers", "memory", ""),
                    rule("net/core/netdev_", "room for bursts before the stack", "memory", ""),
                    rule("mm/ksm/run", "page merging write-protects pages", "", ""),
                    rule(
                            "mm/transparent_hugepage/",
                            "collapse and split of huge pages stall the thread",
                            "more TLB misses without reserved huge pages",
                            ""),
                    rule(
                            "nr_hugepages",
                            "reserved huge pages halve cold misses",
                            "memory is gone for other uses; the kernel may grant fewer",
                            ""),
                    rule("irq/.*smp_affinity", "interrupts stay off the data path", "", ""),
                    rule("workqueue/", "kernel work stays off the data path", "", ""),
                    rule("current_clocksource", "the TSC is read without a kernel call", "", ""),
                    rule(
                            "cpuidle/state.*/disable",
                            "waking from deep idle takes microseconds",
                            "power, heat",
                            ""),
                    rule("scaling_governor", "no ramp-up of the clock", "power, heat", ""),
                    rule(
                            "rcu_(normal|expedited)",
                            "expedited grace periods interrupt all CPUs",
                            "",
                            ""),
                    rule("split_lock_mitigate", "a split lock would sleep the thread", "", ""),
                    rule("tracing|kernel/perf", "tracing costs on the hot path", "", ""),
                    rule(
                            "smt/control",
                            "a sibling shares the core's caches and ports",
                            "half the threads",
                            "smt-off"),
                    rule(
                            "cpu/cpu\\d+/(online|hotplug/target)",
                            "a sibling shares the core's caches and ports",
                            "one thread less",
                            "smt-off"),
                    rule(
                            "net/.*/napi_defer_hard_irqs",
                            "busy polling without interrupts",
                            "latency when polling stops",
                            ""),
                    rule(
                            "net/.*/gro_flush_timeout",
                            "busy polling without interrupts",
                            "latency when polling stops",
                            ""),
                    rule(
                            "net/[^/]+/threaded",
                            "the card is polled by a thread that can be pinned",
                            "one more switch for each batch of frames",
                            ""),
                    rule(
                            "^/ethtool/[^/]+/channels/",
                            "frames of one port come on queues of known cores",
                            "the link goes down for a moment",
                            ""),
                    rule(
                            "^/ethtool/[^/]+/rings/",
                            "a short ring stays in the cache",
                            "loss in bursts; the link goes down for a moment",
                            ""),
                    rule(
                            "^/ethtool/[^/]+/coalesce/",
                            "the card tells of a frame at once",
                            "more interrupts",
                            ""),
                    rule(
                            "^/ethtool/[^/]+/pause/",
                            "a slow receiver cannot stop the sender",
                            "loss instead of waiting; the link may start anew",
                            ""),
                    rule(
                            "^/ethtool/[^/]+/features/.*(gro|lro|segmentation)",
                            "frames do not wait to be merged or cut",
                            "throughput of TCP",
                            ""),
                    rule(
                            "^/ethtool/[^/]+/driver/",
                            "faults of older ones are mended",
                            "no tool here writes it; its maker's does",
                            ""),
                    rule(
                            "^arg:isolcpus",
                            "the scheduler leaves the cores alone",
                            "no balancing on them",
                            ""),
                    rule(
                            "^arg:nohz_full",
                            "no timer tick while one thread runs",
                            "slower system calls",
                            ""),
                    rule(
                            "^arg:rcu_nocbs",
                            "RCU callbacks run elsewhere",
                            "load on housekeeping",
                            ""));

    /**
     * Says "set by the profile" for what the table does not know.
     *
     * @param path without links and dots, see {@link io.spindle.tuning.machine.Root#real}
     */
    static Knowledge of(final String path) {
        return RULES.stream()
                .filter(rule -> rule.path.matcher(path).find())
                .map(Rule::knowledge)
                .findFirst()
                .orElse(new Knowledge("set by the profile", "", ""));
    }

    /**
     * Of a value for a file: a module's parameter is what the boot argument MODULE.NAME is.
     *
     * @param path as above
     */
    static Knowledge of(final String path, final String value) {
        return Optional.of(PARAMETER.matcher(path))
                .filter(Matcher::matches)
                .map(parameter -> parameter.group(1) + "." + parameter.group(2) + "=" + value)
                .flatMap(DangerousArguments::of)
                .orElseGet(() -> of(path));
    }

    /** Of a boot argument: sysctl.NAME is what that file under {@code /proc/sys} is. */
    static Knowledge ofArgument(final String argument) {
        final String plain = argument.replace("\"", "");
        final Matcher sysctl = SYSCTL.matcher(plain.split("=", 2)[0]);
        return sysctl.matches()
                ? of("/proc/sys/" + sysctl.group(1).replace('-', '_').replaceAll("[./]+", "/"))
                : DangerousArguments.of(argument).orElseGet(() -> of("arg:" + plain));
    }

    private static Rule rule(
            final String path, final String reason, final String risk, final String consent) {
        return new Rule(Pattern.compile(path), new Knowledge(reason, risk, consent));
    }
}
