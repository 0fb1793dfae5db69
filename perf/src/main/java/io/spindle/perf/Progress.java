package io.spindle.perf;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

import java.io.PrintWriter;

/** A bar on a terminal, a line for every tenth elsewhere. */
public final class Progress implements AutoCloseable {
    private static final int TENTHS = 10;
    private static final int UPDATE_MS = 250;

    private final PrintWriter out;
    private final String task;
    private final long total;
    private final ProgressBar bar;
    private long shown;

    public Progress(final PrintWriter out, final String task, final long total) {
        this.out = out;
        this.task = task;
        this.total = total;
        this.bar = System.console() != null && System.console().isTerminal() ? bar() : null;
    }

    private ProgressBar bar() {
        return new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(total)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(UPDATE_MS)
                .build();
    }

    public void reached(final long count) {
        if (bar != null) {
            bar.stepTo(count);
        } else if (count * TENTHS / total > shown) {
            shown = count * TENTHS / total;
            out.printf("%s: %,d of %,d%n", task, count, total);
            out.flush();
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
