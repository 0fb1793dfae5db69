package io.spindle.mgmt.cli;

import io.spindle.mgmt.supervisor.DriftWatch;
import io.spindle.mgmt.supervisor.RunFolder;
import io.spindle.mgmt.supervisor.Supervisor;
import io.spindle.tuning.launch.LaunchPlan;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

/** {@code spindle run}: the four processes of an appliance, kept alive until SIGTERM. */
@Command(
        name = "run",
        description = {
            "Runs an appliance: media, trading, feed and mgmt, each a process of its own.",
            "A process that dies is started again and recovers by itself. Ctrl-C or `spindle stop`",
            "ends all of them in order; the next `spindle run` goes on where this one stopped."
        })
public final class RunCommand implements Callable<Integer> {
    /** Media first: trading recovers from its Archive. */
    public static final List<String> START_ORDER = List.of("media", "trading", "feed", "mgmt");

    /** Media last: it records what trading logged until its end. */
    static final List<String> STOP_ORDER = List.of("trading", "feed", "mgmt", "media");

    @Mixin private ApplianceOptions options;
    @Mixin private ProfileOptions profile;
    @Mixin private AotOptions aot;
    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        final PrintWriter out = spec.commandLine().getOut();
        final RunFolder folder = RunFolder.of(options.data);
        final Optional<LaunchPlan> launch = profile.launch(out, options.backend);
        if (launch.isPresent()) {
            launch.get().housekeeping().applyToProcess();
        }
        final Supervisor supervisor =
                new Supervisor(folder, commands(launch), STOP_ORDER, line -> say(out, line));
        supervisor.open();
        final Map<String, String> described = options.all();
        described.putAll(profile.given());
        folder.describe(described);
        folder.noteDrift(List.of());
        final Thread main = Thread.currentThread();
        final CountDownLatch ended = new CountDownLatch(1);
        final Thread ending = new Thread(() -> endAndWait(main, ended), "spindle-end");
        Runtime.getRuntime().addShutdownHook(ending);
        Banner.print(out, spec.commandLine().getColorScheme(), options);
        final Thread herald = Thread.ofVirtual().start(() -> announce(out));
        final Optional<Thread> watch =
                launch.map(plan -> new DriftWatch(plan, folder, line -> say(out, line)))
                        .map(drift -> Thread.ofVirtual().start(drift::run));
        try {
            supervisor.run();
        } finally {
            herald.interrupt();
            watch.ifPresent(Thread::interrupt);
            Thread.interrupted();
            end(supervisor, out, ended);
        }
        return 0;
    }

    /** The JVM waits for it on its way out, so it is said whatever goes wrong. */
    private static void end(
            final Supervisor supervisor, final PrintWriter out, final CountDownLatch ended) {
        try {
            supervisor.close();
            say(out, "stopped");
        } finally {
            ended.countDown();
        }
    }

    private SequencedMap<String, List<String>> commands(final Optional<LaunchPlan> launch)
            throws IOException {
        final SequencedMap<String, List<String>> commands = new LinkedHashMap<>();
        for (final String name : START_ORDER) {
            final CommandLine child = SpindleMain.commandLineFor(name).getSubcommands().get(name);
            if (child == null) {
                throw new IllegalStateException("this build has no `" + name + "` process");
            }
            commands.put(name, ChildJvm.command(child, options, launch, aot));
        }
        return commands;
    }

    private void announce(final PrintWriter out) {
        final long startNs = System.nanoTime();
        try {
            if (new Readiness(options.console(), options.security.ownClient()).await()) {
                final double seconds = (System.nanoTime() - startNs) / 1e9;
                say(out, "open for orders after %.1f s".formatted(seconds));
            }
        } catch (final IOException unreadable) {
            say(out, unreadable.getMessage());
        }
    }

    private static void say(final PrintWriter out, final String line) {
        out.println("spindle: " + line);
        out.flush();
    }

    /** SIGTERM arrives as a shutdown hook; the JVM lives until it returns. */
    private static void endAndWait(final Thread main, final CountDownLatch ended) {
        main.interrupt();
        try {
            ended.await();
        } catch (final InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
