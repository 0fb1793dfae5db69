package io.spindle.mgmt.office;

import io.spindle.mgmt.control.Commander;
import io.spindle.mgmt.control.Commands;
import io.spindle.mgmt.model.Instrument;
import io.spindle.mgmt.model.Metadata;
import io.spindle.mgmt.model.TradingState;
import io.spindle.mgmt.view.View;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Opens and closes the market by its calendars. Calendars, and the phase that each has entered
 * last, are in the log; so a process that was away goes on with the phase that runs now, and skips
 * those that are over.
 *
 * <p>What somebody has halted stays halted when a phase begins that takes orders; a phase that
 * takes none begins for all.
 */
public final class CalendarClock implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CalendarClock.class);
    private static final String KIND = "calendar";
    private static final String ENTERED = "calendar-phase";
    private static final String AUTHOR = "calendar";

    /** The phase that a calendar has entered last. */
    public record Phase(String at, String state) {}

    private final View view;
    private final Commander commander;
    private final Notes notes;
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("spindle-calendar").daemon().factory());

    CalendarClock(final View view, final Commander commander, final Notes notes) {
        this.view = view;
        this.commander = commander;
        this.notes = notes;
    }

    void start() {
        clock.scheduleWithFixedDelay(this::tick, 1, 1, TimeUnit.SECONDS);
    }

    /** All calendars by name. */
    public Map<String, TradingCalendar> calendars() {
        final Map<String, TradingCalendar> calendars = new TreeMap<>();
        for (final Metadata entry : notes.list(KIND)) {
            calendars.put(entry.key(), Notes.content(entry, TradingCalendar.class));
        }
        return calendars;
    }

    public Optional<Phase> entered(final String name) {
        return notes.read(ENTERED, name, Phase.class);
    }

    /** From now on the phase that its clock shows is the market's. */
    public synchronized void define(
            final String name, final TradingCalendar calendar, final String by)
            throws IOException, InterruptedException {
        forgetPhase(name); // first: whoever dies in between enters the old one's phase again
        notes.write(KIND, name, by, calendar);
    }

    /** The market stays as it is. */
    public synchronized void remove(final String name, final String by)
            throws IOException, InterruptedException {
        notes.remove(KIND, name, by);
        forgetPhase(name);
    }

    private void forgetPhase(final String name) throws IOException, InterruptedException {
        if (entered(name).isPresent()) {
            notes.remove(ENTERED, name, AUTHOR);
        }
    }

    private void tick() {
        try {
            look(Instant.now());
        } catch (final InterruptedException end) {
            Thread.currentThread().interrupt();
        } catch (final IOException | RuntimeException failure) {
            LOG.warn("the calendar is not followed: {}; trying again", failure.toString());
        }
    }

    /** Enters every phase that has begun and was not entered yet. */
    public synchronized void look(final Instant now) throws IOException, InterruptedException {
        final Map<String, TradingCalendar> calendars = calendars();
        for (final Map.Entry<String, TradingCalendar> one : calendars.entrySet()) {
            final Optional<TradingCalendar.Change> due = one.getValue().last(now);
            final Optional<Phase> entered = entered(one.getKey());
            if (due.isPresent()
                    && !entered.map(Phase::at).equals(due.map(change -> change.at().toString()))) {
                final Set<String> named = named(calendars);
                enter(one.getKey(), one.getValue(), due.get(), entered, named);
            }
        }
    }

    private static Set<String> named(final Map<String, TradingCalendar> calendars) {
        final Set<String> named = new HashSet<>();
        calendars.values().forEach(calendar -> named.addAll(calendar.symbols()));
        return named;
    }

    private void enter(
            final String name,
            final TradingCalendar calendar,
            final TradingCalendar.Change due,
            final Optional<Phase> before,
            final Set<String> named)
            throws IOException, InterruptedException {
        final TradingState wanted = TradingState.of(due.state());
        if (calendar.beginsDay()) {
            commander.beginDay(due.date());
        }
        final List<Instrument> instruments = view.read(View.Reading::instruments);
        for (final Instrument instrument : instruments) {
            final boolean follows =
                    calendar.symbols().isEmpty()
                            ? !named.contains(instrument.symbol())
                            : calendar.symbols().contains(instrument.symbol());
            if (follows && instrument.tradingState() != wanted.letter) {
                move(instrument, wanted, before);
            }
        }
        notes.write(ENTERED, name, AUTHOR, new Phase(due.at().toString(), due.state()));
        LOG.info("calendar {}: {} since {}", name, due.state(), due.at());
    }

    private void move(
            final Instrument instrument, final TradingState wanted, final Optional<Phase> before)
            throws IOException, InterruptedException {
        final boolean isOthers =
                before.map(phase -> TradingState.of(phase.state()).letter)
                        .filter(letter -> letter != instrument.tradingState())
                        .isPresent();
        if (wanted.takesOrders && isOthers) {
            LOG.warn("{} was set by somebody and stays as it is", instrument.symbol());
            return;
        }
        commander.send(
                Commands.setTradingState(UUID.randomUUID(), instrument.symbol(), wanted.letter));
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
