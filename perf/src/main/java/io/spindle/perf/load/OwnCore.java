package io.spindle.perf.load;

import io.spindle.affinity.CoreClearing;
import io.spindle.affinity.CpuSet;
import io.spindle.tuning.launch.LaunchPlan;
import io.spindle.tuning.machine.Root;
import io.spindle.tuning.profile.ProfileFolder;

import org.agrona.CloseHelper;

import picocli.CommandLine.Option;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * A core that the loop of a measured appliance has to itself, by a hardware profile: everything
 * else on the machine, this process and what it starts included, shares the other cores.
 */
public final class OwnCore {
    private static final String NONE = "none";

    @Option(
            names = "--hardware",
            paramLabel = "NAME|auto|none",
            defaultValue = "auto",
            description = {
                "Hardware profile that gives the appliance's loop a core and keeps the rest of the",
                "machine off it; none lets all share all cores (default: ${DEFAULT-VALUE})."
            })
    private String profile;

    /** No core is anybody's own. */
    public static OwnCore none() {
        final OwnCore none = new OwnCore();
        none.profile = NONE;
        return none;
    }

    public boolean isShared() {
        return profile.equals(NONE);
    }

    /** For {@code spindle run}. */
    public List<String> runArguments() {
        return isShared() ? List.of() : List.of("--profile", profile);
    }

    /** For its supervisor, which is to find the profiles. */
    public List<String> jvmArguments() {
        return List.of("-Dspindle.root=" + System.getProperty("spindle.root", "."));
    }

    /** Keeps everybody off the core until closed; to be called before the appliance starts. */
    public AutoCloseable clear() throws IOException {
        if (isShared()) {
            return () -> {};
        }
        final LaunchPlan plan = LaunchPlan.of(ProfileFolder.standard(), profile, Root.live());
        final Deque<AutoCloseable> undo = new ArrayDeque<>();
        undo.push(CpuSet.ofCallingThread()::applyToProcess);
        plan.housekeeping().applyToProcess();
        undo.push(CoreClearing.of(plan.owned()));
        return () -> CloseHelper.closeAll(undo);
    }
}
