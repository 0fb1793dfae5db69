package io.spindle.tuning.profile;

import io.spindle.affinity.CpuSet;
import io.spindle.tuning.machine.Machine;
import io.spindle.tuning.machine.Machine.Cpu;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Gives every role of a profile its CPUs. Isolated roles come first: never CPU 0, never a CPU whose
 * SMT sibling another role uses, near the card or in a role's L3 when asked. Shared roles take what
 * is left, together, the siblings of isolated CPUs left out. The lowest number that fits wins, so
 * the answer is the same every time.
 *
 * <p>Where all CPUs are threads of one core there is no other sibling than that of CPU 0: the first
 * isolated role gets it all the same.
 */
public final class LayoutSolver {
    private final Machine machine;
    private final HwProfile profile;
    private final Map<String, CpuSet> roles = new LinkedHashMap<>();
    private final TreeSet<Integer> taken = new TreeSet<>();
    private final TreeSet<Integer> offline = new TreeSet<>();
    private final List<String> complaints = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    private final boolean oneCore;

    private LayoutSolver(final HwProfile profile, final Machine machine) {
        this.profile = profile;
        this.machine = machine;
        this.oneCore =
                machine.cpus().stream()
                        .filter(Cpu::online)
                        .allMatch(cpu -> cpu.siblings().contains(0));
    }

    /**
     * @throws InvalidProfileException naming each role that does not fit, and why
     */
    public static Layout solve(final HwProfile profile, final Machine machine) {
        return new LayoutSolver(profile, machine).solve();
    }

    private Layout solve() {
        profile.layout.forEach(
                (name, role) -> {
                    if (role.isolate) {
                        isolate(name, role);
                    }
                });
        final CpuSet dataPath = CpuSet.of(taken);
        final CpuSet housekeeping = housekeeping(dataPath);
        profile.layout.forEach(
                (name, role) -> {
                    if (!role.isolate) {
                        share(name, role, housekeeping);
                    }
                });
        if (!complaints.isEmpty()) {
            throw new InvalidProfileException(complaints);
        }
        return new Layout(
                Map.copyOf(roles),
                dataPath,
                housekeeping,
                CpuSet.of(offline),
                List.copyOf(remarks));
    }

    /** What runs on a sibling takes half of the core from an isolated role. */
    private CpuSet housekeeping(final CpuSet dataPath) {
        final CpuSet rest = machine.online().without(dataPath).without(CpuSet.of(offline));
        final CpuSet siblings =
                CpuSet.of(
                        machine.cpus().stream()
                                .filter(cpu -> dataPath.contains(cpu.id()))
                                .flatMap(cpu -> cpu.siblings().toList().stream())
                                .toList());
        final CpuSet apart = rest.without(siblings);
        if (!apart.isEmpty() || rest.isEmpty()) {
            return apart;
        }
        remarks.add(
                "layout: no CPU is left but siblings of isolated ones, so all else runs on %s"
                        .formatted(rest));
        return rest;
    }

    private void isolate(final String name, final HwProfile.Role role) {
        final List<Integer> chosen = new ArrayList<>();
        for (final Cpu cpu : machine.cpus()) {
            if (chosen.size() < role.count && fits(role, cpu)) {
                chosen.add(cpu.id());
                taken.add(cpu.id());
                if (role.smtSiblingOffline) {
                    cpu.siblings().toList().stream()
                            .filter(sibling -> sibling != cpu.id() && sibling != 0)
                            .forEach(offline::add);
                }
            }
        }
        assign(name, role, chosen, "isolated CPUs" + conditions(role));
    }

    private boolean fits(final HwProfile.Role role, final Cpu cpu) {
        final boolean free =
                cpu.online()
                        && cpu.id() != 0
                        && !taken.contains(cpu.id())
                        && !offline.contains(cpu.id())
                        && cpu.siblings().toList().stream()
                                .noneMatch(
                                        sibling ->
                                                taken.contains(sibling)
                                                        || sibling == 0 && !oneCore);
        return free && nearNic(role).test(cpu) && sameL3(role).test(cpu);
    }

    private Predicate<Cpu> nearNic(final HwProfile.Role role) {
        final List<Integer> nodes =
                orderCards().stream().map(Machine.Nic::node).filter(node -> node >= 0).toList();
        return cpu -> !role.nearNic || nodes.isEmpty() || nodes.contains(cpu.node());
    }

    /** Those that the profile names, by whatever rule; all where none of them is there. */
    private List<Machine.Nic> orderCards() {
        final List<String> named = NicSettings.cards(profile, machine);
        final List<Machine.Nic> present =
                machine.nics().stream().filter(nic -> named.contains(nic.name())).toList();
        return present.isEmpty() ? machine.nics() : present;
    }

    private Predicate<Cpu> sameL3(final HwProfile.Role role) {
        final CpuSet other = roles.getOrDefault(role.sameL3As, CpuSet.of());
        if (other.isEmpty()) {
            return cpu -> true;
        }
        final int l3 = machine.cpu(other.toList().getFirst()).l3();
        return cpu -> cpu.l3() == l3;
    }

    private void share(final String name, final HwProfile.Role role, final CpuSet housekeeping) {
        final List<Integer> candidates = new ArrayList<>(housekeeping.toList());
        if (!role.shared) {
            candidates.removeIf(cpu -> roles.values().stream().anyMatch(set -> set.contains(cpu)));
        }
        assign(
                name,
                role,
                role.shared ? candidates : candidates.stream().limit(role.count).toList(),
                "housekeeping CPUs");
    }

    private void assign(
            final String name,
            final HwProfile.Role role,
            final List<Integer> chosen,
            final String kind) {
        if (chosen.size() < role.count) {
            complaints.add(
                    "layout.%s: wants %d %s, this machine has %d left (%d CPUs online)"
                            .formatted(
                                    name,
                                    role.count,
                                    kind,
                                    chosen.size(),
                                    machine.online().count()));
        }
        roles.put(name, CpuSet.of(chosen));
    }

    private static String conditions(final HwProfile.Role role) {
        return (role.nearNic ? " near the card" : "")
                + (role.sameL3As.isEmpty() ? "" : " in the L3 of " + role.sameL3As);
    }
}
