package io.spindle.mgmt.cli;

import io.spindle.mgmt.supervisor.RunFolder;

import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code spindle status}: which processes of a data folder live. */
@Command(
        name = "status",
        description = {
            "Shows the processes of the appliance on a data folder.",
            "Exit code: 0 all run, 1 some do, 3 none does."
        })
public final class StatusCommand implements Callable<Integer> {
    static final int NOT_RUNNING = 3;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "data",
            description = "Data folder (default: ./data).")
    private Path data;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        final PrintWriter out = spec.commandLine().getOut();
        final Ansi ansi = spec.commandLine().getColorScheme().ansi();
        final RunFolder folder = RunFolder.of(data);
        final List<String> names = new ArrayList<>(List.of(RunFolder.SUPERVISOR));
        names.addAll(RunCommand.START_ORDER);
        int alive = 0;
        for (final String name : names) {
            final Optional<ProcessHandle> process = folder.find(name);
            alive += process.isPresent() ? 1 : 0;
            out.println(ansi.string(line(name, process)));
        }
        final String api = folder.description().getProperty("--api");
        if (alive > 0 && api != null) {
            final boolean plain = folder.description().getProperty("--tls-certificate") == null;
            out.printf("console     %s://%s%n", plain ? "http" : "https", api);
        }
        out.flush();
        return alive == names.size() ? 0 : alive == 0 ? NOT_RUNNING : 1;
    }

    private static String line(final String name, final Optional<ProcessHandle> process) {
        return process.map(
                        handle ->
                                "%-11s @|green running|@   pid %-8d %s"
                                        .formatted(name, handle.pid(), age(handle)))
                .orElseGet(() -> "%-11s @|faint stopped|@".formatted(name));
    }

    private static String age(final ProcessHandle handle) {
        return handle.info()
                .startInstant()
                .map(start -> Duration.between(start, Instant.now()))
                .map(
                        age ->
                                "for %d:%02d:%02d"
                                        .formatted(
                                                age.toHours(),
                                                age.toMinutesPart(),
                                                age.toSecondsPart()))
                .orElse("");
    }
}
