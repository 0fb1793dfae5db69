package io.spindle.perf.all;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** Takes each step on a thread of its own, and ends it when it takes too long. */
final class StepLimit {
    private static final long END_MS = 10_000;

    /** A rig whose server is gone waits for answers and then for a login, half a minute each. */
    private static final int END_TRIALS = 18;

    private final Duration longest;
    private String stuck = "";

    /**
     * @param longest that a step may take
     */
    StepLimit(final Duration longest) {
        this.longest = longest;
    }

    /**
     * Takes a step. One that fails says so. One that has not ended in time is interrupted, and the
     * processes that were started meanwhile are killed; if it does not even end then, no other is
     * taken beside it.
     */
    Outcome take(final Step step, final Callable<Outcome> work) throws InterruptedException {
        if (!stuck.isEmpty()) {
            return Outcome.leftOut(stuck + " still runs");
        }
        final Set<ProcessHandle> others =
                ProcessHandle.current().descendants().collect(Collectors.toSet());
        final FutureTask<Outcome> task = new FutureTask<>(work);
        final Thread thread = Thread.ofPlatform().daemon().name("step-" + step.label()).start(task);
        try {
            return task.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (final ExecutionException failure) {
            return Outcome.invalid(failure.getCause().toString(), List.of());
        } catch (final TimeoutException late) {
            stuck = end(thread, others) ? "" : step.label();
            return Outcome.invalid(
                    "%s did not end within %d s%s"
                            .formatted(
                                    step.label(),
                                    longest.toSeconds(),
                                    stuck.isEmpty() ? "" : " and still runs"),
                    List.of());
        }
    }

    /** Whether it ends; several times, for what is ended may go on with something else. */
    private static boolean end(final Thread thread, final Set<ProcessHandle> others)
            throws InterruptedException {
        for (int trial = 0; trial < END_TRIALS && thread.isAlive(); trial++) {
            final List<ProcessHandle> own =
                    ProcessHandle.current()
                            .descendants()
                            .filter(process -> !others.contains(process))
                            .toList();
            own.forEach(ProcessHandle::destroyForcibly);
            thread.interrupt();
            thread.join(END_MS);
        }
        return !thread.isAlive();
    }
}
