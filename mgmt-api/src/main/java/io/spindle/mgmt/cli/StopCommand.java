package io.spindle.mgmt.cli;

import io.spindle.mgmt.supervisor.RunFolder;
import io.spindle.mgmt.supervisor.Shutdown;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** {@code spindle stop}: ends the appliance on a data folder in order and waits for it. */
@Command(
        name = "stop",
        description = {
            "Ends the appliance on a data folder, in order, and waits until it is gone.",
            "Nothing acknowledged is lost. Exit code: 0 stopped, 3 was not running."
        })
public final class StopCommand implements Callable<Integer> {
    /** Longer than the supervisor gives all its children together. */
    private static final long SUPERVISOR_GRACE_MS = 90_000;

    private static final long GRACE_MS = 15_000;

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
        final RunFolder folder = RunFolder.of(data);
        final List<String> order = new ArrayList<>(List.of(RunFolder.SUPERVISOR));
        order.addAll(RunCommand.STOP_ORDER);
        int ended = 0;
        for (final String name : order) {
            final var process = folder.find(name);
            if (process.isPresent()) {
                final long graceMs =
                        name.equals(RunFolder.SUPERVISOR) ? SUPERVISOR_GRACE_MS : GRACE_MS;
                final boolean willing = Shutdown.end(process.get(), graceMs);
                out.printf(
                        "%s (pid %d) %s%n",
                        name, process.get().pid(), willing ? "stopped" : "had to be killed");
                ended++;
            }
            folder.remove(name);
        }
        if (ended == 0) {
            out.printf("nothing runs on %s%n", data);
        }
        out.flush();
        return ended == 0 ? StatusCommand.NOT_RUNNING : 0;
    }
}
