package io.spindle.tuning.cli;

import io.spindle.tuning.plan.Plan;
import io.spindle.tuning.watch.LoopProcess;
import io.spindle.tuning.watch.StayJoin;
import io.spindle.tuning.watch.Stays;
import io.spindle.tuning.watch.Watch;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

@Command(
        name = "watch",
        mixinStandardHelpOptions = true,
        description = {
            "Look once a second at a core and its thread; name whatever disturbs them.",
            "Beside a trading loop that attests its orders the one that stayed longest is told",
            "for each second, with what moved in it.",
            "Exit code 0 when nothing was seen, 2 when something was, 1 without a thread."
        })
final class WatchCommand implements Callable<Integer> {
    private static final long LOOK_MS = 1_000;

    /** Orders of the last look are attested within a second of it. */
    private static final long LAST_STAYS_MS = 1_500;

    @ParentCommand private TuneCommand tune;

    @Option(names = "--cpu", required = true, description = "The core to look at.")
    private int cpu;

    @Option(
            names = "--thread",
            paramLabel = "PID/TID",
            description = "The thread that owns the core (default: the one that uses it most).")
    private String thread;

    @Option(names = "--profile", paramLabel = "PROFILE", description = "Also report drift from it.")
    private String profile;

    @Option(names = "--seconds", defaultValue = "60", description = "Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "data",
            description = "Data folder of the appliance whose core it is (default: ./data).")
    private Path data;

    @Option(
            names = "--above",
            paramLabel = "MICROS",
            defaultValue = "100",
            description = "Orders that stayed no longer are not told (default: ${DEFAULT-VALUE}).")
    private long aboveMicros;

    private int seen;

    private String owner(final String folder) {
        return tune.root().read(folder + "/comm").orElse("?") + " (" + folder + ")";
    }

    private static String folder(final String thread) {
        final String[] ids = thread.split("/", 2);
        return "/proc/" + ids[0] + "/task/" + ids[ids.length - 1];
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        final String folder = thread == null ? Watch.owner(tune.root(), cpu) : folder(thread);
        if (!tune.root().exists(folder)) {
            tune.out().println("no such thread: " + folder);
            tune.out().flush();
            return 1;
        }
        final Plan plan =
                profile == null
                        ? null
                        : Plan.of(tune.profile(profile), tune.machine(), tune.root());
        tune.out().println("watching cpu " + cpu + ", owned by " + owner(folder));
        final Optional<Stays> stays = stays(folder);
        tune.out().flush();
        look(folder, new Watch(tune.root(), cpu, folder, plan), stays);
        tune.out().flush();
        return seen == 0 ? 0 : 2;
    }

    /** What the loop says of its orders; says why when there is nothing. */
    private Optional<Stays> stays(final String folder) throws IOException {
        final Optional<LoopProcess> loop = LoopProcess.of(tune.root(), data);
        final String missing;
        if (loop.isEmpty()) {
            missing = "no trading process runs on " + data;
        } else if (!loop.get().has(folder)) {
            missing = "the core's owner is none of the threads of the trading process of " + data;
        } else if (loop.get().attested().isEmpty()) {
            missing = "the trading process attests no orders: start it with --attest DIR";
        } else {
            final Path attested = loop.get().attested().get();
            tune.out().println("beside the orders of " + attested);
            return Optional.of(new Stays(attested, TimeUnit.MICROSECONDS.toNanos(aboveMicros)));
        }
        tune.out().println("without orders: " + missing);
        return Optional.empty();
    }

    private void look(final String folder, final Watch watch, final Optional<Stays> stays)
            throws InterruptedException, IOException {
        final StayJoin join = new StayJoin(nowNs());
        for (int second = 0; second < seconds && tune.root().exists(folder); second++) {
            Thread.sleep(LOOK_MS);
            final List<Watch.Finding> findings = watch.look();
            final String time = LocalTime.now().truncatedTo(ChronoUnit.SECONDS) + "  ";
            findings.forEach(finding -> tell(time + finding));
            if (stays.isPresent()) {
                join.onLook(nowNs(), findings);
                join.onStays(stays.get().read());
                join.settled().forEach(this::tell);
            }
            tune.out().flush();
        }
        if (stays.isPresent()) {
            Thread.sleep(LAST_STAYS_MS);
            join.onStays(stays.get().read());
            join.rest().forEach(this::tell);
        }
    }

    private void tell(final String line) {
        seen++;
        tune.out().println(line);
    }

    private static long nowNs() {
        final Instant now = Instant.now();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }
}
