package io.spindle.mgmt.cli;

import io.spindle.tuning.launch.LaunchPlan;
import io.spindle.tuning.machine.Root;
import io.spindle.tuning.profile.ProfileFolder;

import picocli.CommandLine.Option;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/** Which hardware profile an appliance runs by, and what to do when the machine is not in order. */
public final class ProfileOptions {
    /** What to do about settings that are not as the profile wants them. */
    public enum Drift {
        /** Say so and start. */
        warn,
        /** Do not start. */
        refuse
    }

    private static final int SHOWN = 5;

    @Option(
            names = "--profile",
            paramLabel = "NAME|auto",
            description = {
                "Hardware profile: gives the trading loop a core of its own, keeps every other",
                "thread off it, gives each process the CPUs of its role, and sets JVM flags and",
                "Onload's variables. What comes to differ from it is named while it runs. auto",
                "takes the one that matches this machine (default: share the machine)."
            })
    private String profile;

    @Option(
            names = "--profiles",
            paramLabel = "DIR",
            description = "Folder of profiles (default: hw-profiles beside the launcher).")
    private Path folder;

    @Option(
            names = "--drift",
            paramLabel = "warn|refuse",
            defaultValue = "warn",
            description = "When settings differ from the profile (default: ${DEFAULT-VALUE}).")
    private Drift drift;

    /**
     * @param backend of order entry, which decides about Onload's launcher
     * @return empty when no profile was asked for
     * @throws IllegalStateException when settings differ and that is to be refused
     */
    Optional<LaunchPlan> launch(final PrintWriter out, final String backend) {
        if (profile == null) {
            return Optional.empty();
        }
        final ProfileFolder profiles =
                folder == null ? ProfileFolder.standard() : new ProfileFolder(folder);
        final LaunchPlan launch = LaunchPlan.of(profiles, profile, Root.live());
        final List<String> drifted = List.copyOf(launch.drift().values());
        if (!drifted.isEmpty() && drift == Drift.refuse) {
            throw new IllegalStateException(
                    "the machine is not as profile "
                            + launch.plan().profile().name
                            + " wants it; run `spindle tune apply`, or start with --drift warn:\n  "
                            + String.join("\n  ", drifted));
        }
        out.printf("profile %s: %s%n", launch.plan().profile().name, placement(launch));
        launch.plan().layout().remarks().forEach(remark -> out.println("  " + remark));
        launch.onload("trading", backend, System.getenv())
                .remarks()
                .forEach(remark -> out.println("  onload: " + remark));
        drifted.stream().limit(SHOWN).forEach(line -> out.println("  differs: " + line));
        if (drifted.size() > SHOWN) {
            out.printf("  and %d more; see `spindle tune plan`%n", drifted.size() - SHOWN);
        }
        out.flush();
        return Optional.of(launch);
    }

    private static String placement(final LaunchPlan launch) {
        final StringJoiner words = new StringJoiner(", ");
        final int core = launch.core("trading");
        if (core > 0) {
            words.add("the loop on cpu " + core);
        }
        for (final String process : RunCommand.START_ORDER) {
            words.add(process + " on " + launch.cpus(process));
        }
        return words.toString();
    }

    /** As options of a run are noted, paths in full; empty when no profile was asked for. */
    Map<String, String> given() {
        final Map<String, String> given = new LinkedHashMap<>();
        if (profile != null) {
            given.put(
                    "--profile",
                    profile.endsWith(".yaml")
                            ? Path.of(profile).toAbsolutePath().normalize().toString()
                            : profile);
            if (folder != null) {
                given.put("--profiles", folder.toAbsolutePath().normalize().toString());
            }
        }
        return given;
    }
}
