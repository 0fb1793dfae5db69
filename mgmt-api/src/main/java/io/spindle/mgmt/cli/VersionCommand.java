package io.spindle.mgmt.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

/** {@code spindle version}. */
@Command(
        name = "version",
        description = "Prints the version of Spindle and of the Java it runs on.")
public final class VersionCommand implements Callable<Integer>, IVersionProvider {
    @Spec private CommandSpec spec;

    @Override
    public String[] getVersion() {
        final String version = getClass().getPackage().getImplementationVersion();
        return new String[] {
            "spindle " + (version == null ? "development build" : version),
            "java %s (%s)".formatted(Runtime.version(), System.getProperty("java.vendor"))
        };
    }

    @Override
    public Integer call() {
        for (final String line : getVersion()) {
            spec.commandLine().getOut().println(line);
        }
        return 0;
    }
}
