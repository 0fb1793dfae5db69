package io.spindle.tuning.plan;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Boot arguments, and parameters of modules that may be written later as well, that need the
 * owner's word. The kernel takes {@code -} for {@code _} in a name, and drops quotes.
 */
final class DangerousArguments {
    private static final Knowledge UNPROTECTED =
            new Knowledge(
                    "system calls get cheaper",
                    "processor attacks are possible",
                    "mitigations-off");

    private static final Knowledge FEWER_THREADS =
            new Knowledge(
                    "a sibling shares the core's caches and ports", "half the threads", "smt-off");

    /**
     * @param name of the argument
     * @param word one of those of its value, between commas or semicolons, that does it
     */
    private record Danger(Pattern name, Pattern word, Knowledge knowledge) {
        boolean isIn(final String argument) {
            final String[] parts = argument.replace("\"", "").split("=", 2);
            final String[] words = parts.length == 1 ? new String[] {""} : parts[1].split("[,;]");
            return name.matcher(parts[0].replace('-', '_')).matches()
                    && List.of(words).stream().anyMatch(one -> word.matcher(one).matches());
        }
    }

    private static final List<Danger> TABLE =
            List.of(
                    danger("mitigations", "off|no_.*", UNPROTECTED),
                    danger("gather_data_sampling", "off", UNPROTECTED),
                    danger("indirect_target_selection", "off", UNPROTECTED),
                    danger("kpti|pti", "0|off", UNPROTECTED),
                    danger(
                            "kvm\\.nx_huge_pages",
                            "never|0.*|(?!force$)[FfNn].*|[Oo][Ff].*",
                            UNPROTECTED),
                    danger("kvm_intel\\.vmentry_l1d_flush", "never", UNPROTECTED),
                    danger("l1tf", "off", UNPROTECTED),
                    danger("mds", "off", UNPROTECTED),
                    danger("mmio_stale_data", "off", UNPROTECTED),
                    danger("nopti", ".*", UNPROTECTED),
                    danger("nospec_store_bypass_disable", ".*", UNPROTECTED),
                    danger("nospectre_(bhb|v1|v2)", ".*", UNPROTECTED),
                    danger("reg_file_data_sampling", "off", UNPROTECTED),
                    danger("retbleed", "off", UNPROTECTED),
                    danger("spec_rstack_overflow", "off", UNPROTECTED),
                    danger("spec_store_bypass_disable", "off", UNPROTECTED),
                    danger("spectre_bhi", "off", UNPROTECTED),
                    danger("spectre_v2", "off", UNPROTECTED),
                    danger("spectre_v2_user", "off", UNPROTECTED),
                    danger("srbds", "off", UNPROTECTED),
                    danger("tsa", "off", UNPROTECTED),
                    danger("tsx_async_abort", "off", UNPROTECTED),
                    danger("vmscape", "off", UNPROTECTED),
                    danger("l1tf", "full", FEWER_THREADS),
                    danger("maxcpus|nr_cpus|possible_cpus", ".*", FEWER_THREADS),
                    danger("nosmp", ".*", FEWER_THREADS),
                    danger("nosmt", ".*", FEWER_THREADS),
                    danger(".*", "nosmt", FEWER_THREADS));

    private DangerousArguments() {}

    /** What is known about one; empty when it is none of them. */
    static Optional<Knowledge> of(final String argument) {
        return TABLE.stream()
                .filter(danger -> danger.isIn(argument))
                .map(Danger::knowledge)
                .findFirst();
    }

    private static Danger danger(final String name, final String word, final Knowledge knowledge) {
        return new Danger(Pattern.compile(name), Pattern.compile(word), knowledge);
    }
}
