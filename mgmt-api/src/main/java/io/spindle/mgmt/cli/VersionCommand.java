package io.spindle.mgmt.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

/** {@code spindle version}. */
@Command(
        name = "version",
        description = "Prints the version of Spindle and of the Java it runs on.")
public final class VersionCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        final String version = getClass().getPackage().getImplementationVersion();
        spec.commandLine()
                .getOut()
                .printf(
                        "spindle %s%njava %s (%s)%n",
                        version == null ? "development build" : version,
                        Runtime.version(),
                        System.getProperty("java.vendor"));
        return 0;
    }
}
