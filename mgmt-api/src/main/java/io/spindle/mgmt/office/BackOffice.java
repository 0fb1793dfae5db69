package io.spindle.mgmt.office;

import io.spindle.mgmt.control.Commander;
import io.spindle.mgmt.control.ControlDesk;
import io.spindle.mgmt.view.View;

import java.nio.file.Path;

/** The departments of the back office, put together. */
public final class BackOffice implements AutoCloseable {
    private final StartOfDay startOfDay;
    private final IntradayFeed intradayFeed;
    private final Reconciliation reconciliation;
    private final ReconciliationSchedule schedule;

    /**
     * @param folder the data folder: files from outside and reports about them are kept there
     */
    public BackOffice(final Path folder, final View view, final ControlDesk desk) {
        final Commander commander = new Commander(desk, view);
        startOfDay = new StartOfDay(view, commander, folder.resolve("start-of-day"));
        intradayFeed = new IntradayFeed(view, commander);
        reconciliation = new Reconciliation(view, commander);
        schedule =
                new ReconciliationSchedule(
                        reconciliation,
                        new Notes(commander, view),
                        folder.resolve("reconciliation"));
    }

    /** Begins what happens by itself. */
    public void start() {
        schedule.start();
    }

    public StartOfDay startOfDay() {
        return startOfDay;
    }

    public IntradayFeed intradayFeed() {
        return intradayFeed;
    }

    public Reconciliation reconciliation() {
        return reconciliation;
    }

    public ReconciliationSchedule schedule() {
        return schedule;
    }

    @Override
    public void close() {
        schedule.close();
    }
}
