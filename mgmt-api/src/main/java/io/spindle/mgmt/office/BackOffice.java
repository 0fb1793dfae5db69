package io.spindle.mgmt.office;

import io.spindle.log.DataFolder;
import io.spindle.mgmt.control.Commander;
import io.spindle.mgmt.control.ControlDesk;
import io.spindle.mgmt.control.TicketDesk;
import io.spindle.mgmt.notify.Notifications;
import io.spindle.mgmt.report.Reports;
import io.spindle.mgmt.stream.EventLog;
import io.spindle.mgmt.view.View;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** The departments of the back office, put together. */
public final class BackOffice implements AutoCloseable {
    private final Commander commander;
    private final TicketDesk tickets;
    private final StartOfDay startOfDay;
    private final IntradayFeed intradayFeed;
    private final Reconciliation reconciliation;
    private final ReconciliationSchedule schedule;
    private final Notifications notifications;
    private final Channels channels;
    private final Reports reports;
    private final ReportClock reportClock;
    private final CalendarClock calendarClock;
    private final View view;
    private final LongSupplier logEnd;

    /**
     * @param folder the data folder: files from outside and reports about them are kept there
     * @param isStored true when the database knows all that the view does
     * @param logEnd sequence of the log's newest command, {@link Long#MAX_VALUE} while it is not
     *     known
     */
    public BackOffice(
            final Path folder,
            final View view,
            final EventLog events,
            final ControlDesk desk,
            final Reports reports,
            final BooleanSupplier isStored,
            final LongSupplier logEnd)
            throws IOException {
        commander = new Commander(desk, view, new DataFolder(folder), logEnd);
        final Notes notes = new Notes(commander, view);
        this.reports = reports;
        this.view = view;
        this.logEnd = logEnd;
        tickets = new TicketDesk(desk, view);
        reconciliation = new Reconciliation(view, commander, tickets, Instant::now);
        startOfDay = new StartOfDay(view, commander, folder.resolve("start-of-day"));
        intradayFeed = new IntradayFeed(view, commander, Instant::now);
        schedule =
                new ReconciliationSchedule(reconciliation, notes, folder.resolve("reconciliation"));
        notifications =
                new Notifications(
                        view, events, folder.resolve("notifications"), folder.resolve("smtp.json"));
        channels = new Channels(notes, notifications);
        reportClock = new ReportClock(view, notes, reports, folder.resolve("reports"), isStored);
        calendarClock = new CalendarClock(view, commander, notes);
    }

    /** Begins what happens by itself. */
    public void start() {
        schedule.start();
        reportClock.start();
        calendarClock.start();
    }

    /** The one desk through which tickets go: it numbers them. */
    public TicketDesk tickets() {
        return tickets;
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

    public Channels channels() {
        return channels;
    }

    public Reports reports() {
        return reports;
    }

    /** Sequence up to which the log is known to go, in this process or in the trading one. */
    public long knownEnd() {
        final long end = logEnd.getAsLong();
        return Math.max(view.read(View.Reading::sequence), end == Long.MAX_VALUE ? 0 : end);
    }

    /** See {@link Commander#awaitCurrent(long)}. */
    public boolean awaitCurrent(final long timeoutMs) throws InterruptedException {
        return commander.awaitCurrent(timeoutMs);
    }

    public ReportClock reportClock() {
        return reportClock;
    }

    public CalendarClock calendarClock() {
        return calendarClock;
    }

    @Override
    public void close() {
        calendarClock.close();
        reportClock.close();
        schedule.close();
        notifications.close();
    }
}
