package io.spindle.perf.demo;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * {@code ./spindle demo}: starts an appliance on a scratch folder, plays a market into it over UDP
 * as several trading members, and shows what became of it. Exit code 0 if nothing was lost and
 * nothing differs, else 1.
 */
@Command(
        name = "demo",
        description = {
            "Starts an appliance on a scratch folder, plays a market into it over UDP, shows the"
                    + " result.",
            "Exit code: 0 when nothing was lost and every replica agrees, else 1."
        })
public final class DemoCommand implements Callable<Integer> {

    @Option(
            names = "--messages",
            paramLabel = "N",
            defaultValue = "200000",
            description = "Orders, replaces and cancels to send (default: ${DEFAULT-VALUE}).")
    private long messages;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "42",
            description = "Another seed, another market (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Empty folder for the appliance (default: a temporary one).")
    private Path data;

    @Option(
            names = "--port-base",
            paramLabel = "N",
            defaultValue = "26400",
            description = "First UDP port (default: ${DEFAULT-VALUE}).")
    private int portBase;

    @Option(
            names = "--api",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:8080",
            description = "Management API and console (default: ${DEFAULT-VALUE}).")
    private String api;

    @Option(names = "--keep", description = "Leave the appliance running.")
    private boolean keep;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        final PrintWriter out = spec.commandLine().getOut();
        final Path folder = data == null ? Files.createTempDirectory("spindle-demo-") : data;
        Files.createDirectories(folder);
        out.println("starting an appliance on " + folder);
        final Appliance appliance =
                new Appliance(new Appliance.Options(folder.toAbsolutePath(), portBase, api));
        boolean left = false;
        try {
            appliance.awaitOpen();
            final List<String> faults = new DemoMarket(appliance, out).run(messages, seed);
            if (keep) {
                appliance.leaveRunning();
                left = true;
                out.println("console   http://" + api);
                out.println("end it with: ./spindle stop --data " + folder);
            }
            return faults.isEmpty() ? 0 : 1;
        } finally {
            if (!left) {
                appliance.close();
            }
        }
    }
}
