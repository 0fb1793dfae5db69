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

    private static boolean isUntrained(final Optional<Path> folder, final String process) {
        return folder.isEmpty() || !new AotCache(folder.get(), process).isThere();
    }

    /**
     * What starts a process from its cache.
     *
     * @param java the command of the process so far: Java and its flags
     * @throws IllegalStateException when its cache does not fit and is required
     */
    List<String> arguments(final String process, final List<String> java) throws IOException {
        final Optional<Path> folder = AotCache.besideBuild();
        if (aot == Aot.off || aot == Aot.auto && isUntrained(folder, process)) {
            return List.of();
        }
        if (folder.isEmpty()) {
            throw new IllegalStateException(
                    "--aot require: start with ./spindle, which keeps them");
        }
        final AotCache cache = new AotCache(folder.get(), process);
        final Optional<String> fault = cache.fault(java, System.getProperty("java.class.path"));
        if (fault.isEmpty()) {
            final String strict = aot == Aot.require ? "on" : "auto";
            return List.of("-XX:AOTCache=" + cache.file(), "-XX:AOTMode=" + strict);
        }
        final String said = "AOT cache of " + process + " is " + fault.get();
        if (aot == Aot.require) {
            throw new IllegalStateException(said + "\n  `spindle train` makes a new one");
        }
        final CommandLine line = spec.commandLine();
        line.getOut().println(line.getColorScheme().errorText("not used: " + said));
        line.getOut().flush();
        return List.of();
    }
}
