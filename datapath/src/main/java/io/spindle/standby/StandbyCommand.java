package io.spindle.standby;

import io.spindle.journal.JournalConfig;
import io.spindle.log.DataFolder;
import io.spindle.net.Ports;
import io.spindle.process.HostPort;
import io.spindle.process.ProcessEnd;

import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** {@code ./spindle standby}. */
@Command(
        name = "standby",
        description = {
            "Follows a primary, to take its place: its log in a folder here, its state in an engine.",
            "",
            "The primary runs with `--standby ADDRESS`, and trades only while it hears this process.",
            "`spindle standby promote --data DIR` lets this one take over: it waits until the",
            "primary may not go on, raises the epoch and ends; then `spindle run --data DIR` trades",
            "here."
        },
        subcommands = StandbyCommand.Promote.class)
public final class StandbyCommand implements Callable<Integer> {
    private static final long STATUS_NS = TimeUnit.SECONDS.toNanos(5);
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(30);

    @Option(
            names = "--data",
            scope = ScopeType.INHERIT,
            paramLabel = "DIR",
            defaultValue = "standby",
            description = "Own data folder (default: ./standby).")
    private Path data;

    @Option(
            names = "--primary",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:" + Ports.DEFAULT_BASE,
            description = "The primary's --standby address and --port-base.")
    private String primary;

    @Option(
            names = "--address",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "Own address towards the primary (default: ${DEFAULT-VALUE}).")
    private String address;

    @Spec private CommandSpec spec;
    private long statusNs = System.nanoTime();
    private long lookedNs = statusNs;
    private String lastTrouble = "";

    @Override
    public Integer call() throws IOException {
        final HostPort at = HostPort.of(spec, "--primary", primary);
        final StandbyAddress peer = new StandbyAddress(at.host(), new Ports(at.port()));
        final DataFolder folder = new DataFolder(data).create();
        final Path request = request(folder);
        Files.deleteIfExists(request);
        final IdleStrategy idle =
                new BackoffIdleStrategy(10, 20, 1_000, TimeUnit.MICROSECONDS.toNanos(100));
        try (ProcessEnd end = new ProcessEnd("standby");
                Standby standby =
                        new Standby(
                                folder,
                                peer,
                                address,
                                JournalConfig.defaults(),
                                folder.engineConfig())) {
            end.say("following " + primary + " from sequence " + standby.sequence());
            while (end.isRunning()) {
                idle.idle(standby.doWork());
                if (isLookDue() && Files.exists(request)) {
                    end.say("promoted, epoch " + standby.promote() + "; now: spindle run");
                    Files.delete(request);
                    return 0;
                }
                status(standby, end);
            }
        }
        return 0;
    }

    private static Path request(final DataFolder folder) {
        return folder.run().resolve("promote");
    }

    /** A file is looked for many times a second, not every turn. */
    private boolean isLookDue() {
        final long nowNs = System.nanoTime();
        final boolean due = nowNs - lookedNs > LOOK_NS;
        lookedNs = due ? nowNs : lookedNs;
        return due;
    }

    private void status(final Standby standby, final ProcessEnd end) {
        final long nowNs = System.nanoTime();
        if (nowNs - statusNs > STATUS_NS) {
            statusNs = nowNs;
            end.say(
                    "at sequence %,d, lag %,d".formatted(standby.sequence(), standby.lag())
                            + dropped(standby.dropped()));
            final String trouble = standby.trouble();
            if (!trouble.equals(lastTrouble)) {
                lastTrouble = trouble;
                end.say(trouble.isEmpty() ? "the primary is heard" : trouble);
            }
        }
    }

    private static String dropped(final long datagrams) {
        return datagrams == 0
                ? ""
                : ", %,d datagrams dropped: not sealed with standby.key".formatted(datagrams);
    }

    @Command(
            name = "promote",
            description = "Lets the standby of this folder take over; returns when it has.")
    static final class Promote implements Callable<Integer> {
        @ParentCommand private StandbyCommand standby;

        @Override
        public Integer call() throws IOException {
            final DataFolder folder = new DataFolder(standby.data);
            final long before = folder.epoch();
            Files.writeString(request(folder), "");
            final long deadlineNs = System.nanoTime() + PATIENCE_NS;
            while (folder.epoch() == before) {
                if (System.nanoTime() - deadlineNs > 0) {
                    throw new IllegalStateException("no standby runs on " + standby.data);
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
            }
            return 0;
        }
    }
}
