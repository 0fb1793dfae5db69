package io.spindle.tuning.cli;

import io.spindle.tuning.plan.Plan;
import io.spindle.tuning.watch.Watch;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;

@Command(
        name = "watch",
        mixinStandardHelpOptions = true,
        description = "Look once a second at a core and its thread; name whatever disturbs them.")
final class WatchCommand implements Callable<Integer> {
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

    private String owner(final String folder) {
        return tune.root().read(folder + "/comm").orElse("?") + " (" + folder + ")";
    }

    private static String folder(final String thread) {
        final String[] ids = thread.split("/", 2);
        return "/proc/" + ids[0] + "/task/" + ids[ids.length - 1];
    }

    @Override
    public Integer call() throws InterruptedException {
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
        tune.out().flush();
        final Watch watch = new Watch(tune.root(), cpu, folder, plan);
        int seen = 0;
        for (int second = 0; second < seconds && tune.root().exists(folder); second++) {
            Thread.sleep(1_000);
            for (final Watch.Finding finding : watch.look()) {
                seen++;
                tune.out()
                        .println(LocalTime.now().truncatedTo(ChronoUnit.SECONDS) + "  " + finding);
            }
            tune.out().flush();
        }
        return seen == 0 ? 0 : 2;
    }
}
