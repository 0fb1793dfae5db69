package io.spindle.tuning.profile;

import io.spindle.affinity.CpuSet;

import java.util.List;
import java.util.Map;

/**
 * Roles resolved to CPUs of one machine.
 *
 * @param roles CPUs of each role, in the profile's order
 * @param dataPath all CPUs of isolated roles
 * @param housekeeping the other CPUs, less the SMT siblings of isolated roles unless none is left
 * @param offline SMT siblings that are to be off; of one that is off the machine does not say whose
 *     it is, and it is not among them
 * @param remarks what the machine does not allow, in words
 */
public record Layout(
        Map<String, CpuSet> roles,
        CpuSet dataPath,
        CpuSet housekeeping,
        CpuSet offline,
        List<String> remarks) {
    /** What a value may name besides roles. */
    static final List<String> SETS = List.of("dp", "hk", "dpMask", "hkMask");

    /** Replaces ${dp}, ${hk}, ${dpMask}, ${hkMask} and ${role} in a profile's value. */
    public String resolve(final String text) {
        String resolved =
                text.replace("${dp}", dataPath.toString())
                        .replace("${hk}", housekeeping.toString())
                        .replace("${dpMask}", dataPath.toMask())
                        .replace("${hkMask}", housekeeping.toMask());
        for (final Map.Entry<String, CpuSet> role : roles.entrySet()) {
            resolved = resolved.replace("${" + role.getKey() + "}", role.getValue().toString());
        }
        return resolved;
    }
}
