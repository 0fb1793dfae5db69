package io.spindle.mgmt.office;

import io.spindle.mgmt.background.BackgroundLoop;
import io.spindle.mgmt.control.Commander;
import io.spindle.mgmt.control.Commands;
import io.spindle.mgmt.model.Instrument;
import io.spindle.mgmt.model.Metadata;
import io.spindle.mgmt.model.TradingState;
import io.spindle.mgmt.view.View;
import io.spindle.oms.RejectCode;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Opens and closes the market by its calendars. Calendars, and the phase that each has entered
 * last, are in the log; so a process that was away goes on with the phase that runs now, and skips
 * those that are over.
 *
 * <p>What is halted stays halted through every phase, until people lift it; so does what is cancel
 * only, unless the phase before was. What somebody has set to another state stays as it is when a
 * phase begins that takes orders; a phase that takes none begins for it, too. An instrument that
 * the engine keeps back, its auction's price being outside the band, is asked again every few
 * seconds; the others do not wait for it.
 */
public final class CalendarClock implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CalendarClock.class);
    private static final String KIND = "calendar";
    private static final String ENTERED = "calendar-phase";
    private static final String AUTHOR = "calendar";
    private static final long LOOK_MS = 1_000;

    /** Each question is a command in the log. */
    private static final int ASK_SECONDS = 5;

    /**
     * The phase that a calendar has entered last.
     *
     * @param at its beginning; empty once the calendar was changed, until it is entered anew
     * @param kept instruments that have not followed yet, each with the letter of its state
     */
    public record Phase(String at, String state, Map<String, String> kept) {
        public Phase {
            kept = kept == null ? Map.of() : Map.copyOf(kept);
        }
    }

    private final View view;
    private final Commander commander;
    private final Notes notes;
    private final Map<String, Map<String, String>> refused = new ConcurrentHashMap<>();
    private final BackgroundLoop loop =
            new BackgroundLoop(
                    Thread.ofPlatform().name("spindle-calendar").daemon(),
                    "the calendars are not followed",
                    this::tick);

    CalendarClock(final View view, final Commander commander, final Notes notes) {
        this.view = view;
        this.commander = commander;
        this.notes = notes;
    }

    void start() {
        loop.start(LOOK_MS, LOOK_MS);
    }

    /** All calendars by name. */
    public Map<String, TradingCalendar> calendars() {
        return view.read(now -> calendars(now));
    }

    /** Those that there were at a reading. */
    public static Map<String, TradingCalendar> calendars(final View.Reading now) {
        final Map<String, TradingCalendar> calendars = new TreeMap<>();
        for (final Metadata entry : now.metadata().list(KIND)) {
            calendars.put(entry.key(), Notes.content(entry, TradingCalendar.class));
        }
        return calendars;
    }

    public Optional<Phase> entered(final String name) {
        return view.read(now -> entered(now, name));
    }

    /** The phase that a calendar had entered last at a reading. */
    public static Optional<Phase> entered(final View.Reading now, final String name) {
        return Notes.read(now, ENTERED, name, Phase.class);
    }

    /** Instruments that do not follow a calendar into its phase, and why. */
    public Map<String, String> refused(final String name) {
        return refused.getOrDefault(name, Map.of());
    }

    /** From now on the phase that its clock shows is the market's. */
    public synchronized void define(
            final String name, final TradingCalendar calendar, final String by)
            throws IOException, InterruptedException {
        final Optional<Phase> before = entered(name);
        if (before.isPresent()) { // first: whoever dies in between enters the old one's phase again
            notes.write(ENTERED, name, AUTHOR, new Phase("", before.get().state(), Map.of()));
        }
        notes.write(KIND, name, by, calendar);
    }

    /** The market stays as it is. */
    public synchronized void remove(final String name, final String by)
            throws IOException, InterruptedException {
        notes.remove(KIND, name, by);
        refused.remove(name);
        if (entered(name).isPresent()) {
            notes.remove(ENTERED, name, AUTHOR);
        }
    }

    private long tick() throws IOException, InterruptedException {
        look(Instant.now());
        return LOOK_MS;
    }

    /** Enters every phase that has begun and was not entered yet. */
    public synchronized void look(final Instant now) throws IOException, InterruptedException {
        final boolean asks = now.getEpochSecond() % ASK_SECONDS == 0;
        if (calendars().entrySet().stream().anyMatch(one -> hasWork(one, now, asks))) {
            commander.awaitCurrent();
            enterDue(now);
        }
    }

    private boolean hasWork(
            final Map.Entry<String, TradingCalendar> calendar,
            final Instant now,
            final boolean asks) {
        final Optional<Phase> entered = entered(calendar.getKey());
        return isDue(calendar.getValue().last(now), entered) || asks && isAnyKept(entered);
    }

    private static boolean isAnyKept(final Optional<Phase> entered) {
        return entered.isPresent() && !entered.get().kept().isEmpty();
    }

    private static boolean isDue(
            final Optional<TradingCalendar.Change> due, final Optional<Phase> entered) {
        return due.isPresent()
                && !entered.map(Phase::at).equals(due.map(change -> change.at().toString()));
    }

    private void enterDue(final Instant now) throws IOException, InterruptedException {
        final Map<String, TradingCalendar> calendars = calendars();
        final Set<String> named = named(calendars);
        for (final Map.Entry<String, TradingCalendar> one : calendars.entrySet()) {
            final Optional<TradingCalendar.Change> due = one.getValue().last(now);
            final Optional<Phase> entered = entered(one.getKey());
            if (isDue(due, entered)) {
                enter(one.getKey(), one.getValue(), due.get(), entered, named);
            } else if (isAnyKept(entered)) {
                askAgain(one.getKey(), entered.get());
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
        if (calendar.beginsDay()) {
            commander.beginDay(due.date());
        }
        final TradingState wanted = TradingState.of(due.state());
        final Map<String, String> reasons = new TreeMap<>();
        final Map<String, String> kept = new TreeMap<>();
        boolean isWhole = true;
        for (final Instrument instrument : view.read(View.Reading::instruments)) {
            final String symbol = instrument.symbol();
            final boolean follows =
                    calendar.symbols().isEmpty()
                            ? !named.contains(symbol)
                            : calendar.symbols().contains(symbol);
            if (!follows || instrument.tradingState() == wanted.letter) {
                continue;
            }
            if (isOthers(instrument, wanted, before)) {
                LOG.warn("{} was set by somebody and stays as it is", symbol);
            } else {
                isWhole &= move(instrument, wanted, reasons, kept);
            }
        }
        if (!isWhole) { // what is another's by now is seen by the next look, which enters it
            return;
        }
        notes.write(ENTERED, name, AUTHOR, new Phase(due.at().toString(), due.state(), kept));
        refused.put(name, reasons);
        LOG.info("calendar {}: {} since {}, kept back: {}", name, due.state(), due.at(), reasons);
    }

    /** Whether it stays as it is until people, or another phase, move it. */
    private static boolean isOthers(
            final Instrument instrument, final TradingState wanted, final Optional<Phase> before) {
        final char present = instrument.tradingState();
        if (present == TradingState.HALTED.letter) {
            return true;
        }
        final boolean isOurs = before.filter(phase -> isLeftBy(phase, instrument)).isPresent();
        final boolean isRunning = before.filter(phase -> !phase.at().isEmpty()).isPresent();
        return !isOurs && (TradingState.isHalt(present) || wanted.takesOrders && isRunning);
    }

    /** Whether it is as the phase has left it, or kept back from that. */
    private static boolean isLeftBy(final Phase phase, final Instrument instrument) {
        final String present = Character.toString(instrument.tradingState());
        return present.equals(phase.kept().get(instrument.symbol()))
                || present.equals(Character.toString(TradingState.of(phase.state()).letter));
    }

    /** What is no longer as it was kept back is somebody's now. */
    private void askAgain(final String name, final Phase phase)
            throws IOException, InterruptedException {
        final Map<String, String> reasons = new TreeMap<>();
        final Map<String, String> kept = new TreeMap<>();
        for (final Instrument instrument : view.read(View.Reading::instruments)) {
            final String symbol = instrument.symbol();
            final String present = Character.toString(instrument.tradingState());
            if (present.equals(phase.kept().get(symbol))) {
                move(instrument, TradingState.of(phase.state()), reasons, kept);
            }
        }
        refused.put(name, reasons);
        if (!kept.equals(phase.kept())) {
            notes.write(ENTERED, name, AUTHOR, new Phase(phase.at(), phase.state(), kept));
        }
    }

    /**
     * A call ends by its auction, which takes a moment, and is given up if its price leaves the
     * band before: so what was asked for is looked at again.
     */
    private void keepIfUnmoved(final Instrument asked, final Map<String, String> kept) {
        view.read(now -> now.instrument(asked.symbol()))
                .filter(now -> now.tradingState() == asked.tradingState())
                .ifPresent(now -> kept.put(asked.symbol(), Character.toString(now.tradingState())));
    }

    /**
     * Moves an instrument out of the state in which it was seen.
     *
     * @param reasons gets the reason why the engine keeps it as it is, if it does
     * @param kept gets its state, if it has not moved yet
     * @return false if it is in another state by now
     */
    private boolean move(
            final Instrument instrument,
            final TradingState wanted,
            final Map<String, String> reasons,
            final Map<String, String> kept)
            throws IOException, InterruptedException {
        final String symbol = instrument.symbol();
        try {
            commander.send(
                    Commands.setTradingState(
                            UUID.randomUUID(), symbol, wanted.letter, instrument.tradingState()));
        } catch (final Commander.Failure refusal) {
            if (refusal.isUncertain()) {
                throw refusal;
            }
            if (refusal.code().equals(RejectCode.STATE_CHANGED.name())) {
                return false;
            }
            reasons.put(symbol, refusal.getMessage());
        }
        keepIfUnmoved(instrument, kept);
        return true;
    }

    @Override
    public void close() {
        loop.close();
    }
}
