package io.spindle.perf.start;

import io.spindle.perf.demo.ScratchFolder;
import io.spindle.perf.load.LoadProfile;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;

/** {@code ./spindle bench start}: are the first orders after a start served like the later ones. */
@Command(
        name = "start",
        mixinStandardHelpOptions = true,
        description = {
            "Starts a trading process under a flight recorder and offers it orders from its first"
                    + " moment.",
            "Exit code 1 when the trading thread was deoptimised, our methods were compiled, or"
                    + " the",
            "tail of the first second is more than 1.5 times that of the steady state."
        })
public final class StartBench implements Callable<Integer> {
    @Option(
            names = "--orders",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "Messages in all (default: ${DEFAULT-VALUE}).")
    private long orders;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "10000",
            description = "Messages a second (default: ${DEFAULT-VALUE}).")
    private long rate;

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            defaultValue = "CONSTANT",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private LoadProfile profile;

    @Option(
            names = "--port-base",
            paramLabel = "N",
            defaultValue = "27400",
            description = "First UDP port (default: ${DEFAULT-VALUE}).")
    private int portBase;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        final PrintWriter out = spec.commandLine().getOut();
        final FirstOrders first;
        try (ScratchFolder folder = new ScratchFolder("spindle-start-")) {
            first = FirstOrders.measure(folder.path(), portBase, profile, rate, orders);
        }
        first.lines().forEach(out::println);
        final List<String> faults = first.faults();
        faults.forEach(fault -> out.println("FAIL " + fault));
        out.flush();
        return faults.isEmpty() ? 0 : 1;
    }
}
