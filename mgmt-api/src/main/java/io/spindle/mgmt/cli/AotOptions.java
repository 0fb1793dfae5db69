package io.spindle.mgmt.cli;

import io.spindle.tuning.launch.AotCache;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/** Whether the processes of an appliance start from what training runs left behind. */
public final class AotOptions {
    /** What to do with the AOT caches. */
    public enum Aot {
        /** Take what fits this build; name what is stale and start without. */
        auto,
        /** Do not start unless all fit. */
        require,
        /** Start without. */
        off
    }

    @Option(
            names = "--aot",
            paramLabel = "auto|require|off",
            defaultValue = "auto",
            description = {
                "Caches of loaded classes and method profiles, which `spindle train` makes: auto"
                        + " takes",
                "those that fit this build and names a stale one, require refuses to start without",
                "(default: ${DEFAULT-VALUE})."
            })
    private Aot aot = Aot.auto;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /**
     * What starts a process from its cache: the plain one or a profile's, whichever was made with
     * these flags.
     *
     * @param java the command of the process so far: Java and its flags
     * @throws IllegalStateException when none of its caches fits and one is required
     */
    List<String> arguments(final String process, final List<String> java) throws IOException {
        final Optional<Path> folder = AotCache.besideBuild();
        final List<AotCache> caches =
                folder.isEmpty() ? List.of() : AotCache.all(folder.get(), process);
        if (aot == Aot.off || aot == Aot.auto && caches.isEmpty()) {
            return List.of();
        }
        if (folder.isEmpty()) {
            throw new IllegalStateException(
                    "--aot require: start with ./spindle, which keeps them");
        }
        final StringJoiner said = new StringJoiner("\n  ");
        for (final AotCache cache : caches) {
            final Optional<String> fault = cache.fault(java, System.getProperty("java.class.path"));
            if (fault.isEmpty()) {
                final String strict = aot == Aot.require ? "on" : "auto";
                return List.of("-XX:AOTCache=" + cache.file(), "-XX:AOTMode=" + strict);
            }
            final boolean plain = cache.folder().equals(folder.get());
            said.add(
                    "AOT cache of %s%s is %s"
                            .formatted(
                                    process,
                                    plain ? "" : ", profile " + cache.folder().getFileName(),
                                    fault.get()));
        }
        if (caches.isEmpty()) {
            said.add("AOT cache of " + process + " is missing");
        }
        if (aot == Aot.require) {
            throw new IllegalStateException(
                    said
                            + "\n  `spindle train` makes a new one, with --profile for the flags of"
                            + " a profile");
        }
        final CommandLine line = spec.commandLine();
        line.getOut().println(line.getColorScheme().errorText("not used: " + said));
        line.getOut().flush();
        return List.of();
    }
}
