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
 * is left, together. The lowest number that fits wins, so the answer is the same every time.
 */
public final class LayoutSolver {
    private final Machine machine;
    private final HwProfile profile;
    private final Map<String, CpuSet> roles = new LinkedHashMap<>();
    private final TreeSet<Integer> taken = new TreeSet<>();
    private final TreeSet<Integer> offline = new TreeSet<>();
    private final List<String> complaints = new ArrayList<>();

    private LayoutSolver(final HwProfile profile, final Machine machine) {
        this.profile = profile;
        this.machine = machine;
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
        final CpuSet housekeeping = machine.online().without(dataPath).without(CpuSet.of(offline));
        profile.layout.forEach(
                (name, role) -> {
                    if (!role.isolate) {
                        share(name, role, housekeeping);
                    }
                });
        if (!complaints.isEmpty()) {
            throw new InvalidProfileException(complaints);
        }
        return new Layout(Map.copyOf(roles), dataPath, housekeeping, CpuSet.of(offline));
    }

    private void isolate(final String name, final HwProfile.Role role) {
        final List<Integer> chosen = new ArrayList<>();
        for (final Cpu cpu : machine.cpus()) {
            if (chosen.size() < role.count && fits(role, cpu)) {
                chosen.add(cpu.id());
                taken.add(cpu.id());
                if (role.smtSiblingOffline) {
                    cpu.siblings().toList().stream()
                            .filter(sibling -> sibling != cpu.id())
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
                                .noneMatch(sibling -> taken.contains(sibling) || sibling == 0);
        return free && nearNic(role).test(cpu) && sameL3(role).test(cpu);
    }

    private Predicate<Cpu> nearNic(final HwProfile.Role role) {
        final List<Integer> nodes =
                machine.nics().stream().map(Machine.Nic::node).filter(node -> node >= 0).toList();
        return cpu -> !role.nearNic || nodes.isEmpty() || nodes.contains(cpu.node());
    }

    private Predicate<Cpu> sameL3(final HwProfile.Role role) {
        final CpuSet other = roles.get(role.sameL3As);
        if (role.sameL3As.isEmpty() || other == null || other.isEmpty()) {
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
