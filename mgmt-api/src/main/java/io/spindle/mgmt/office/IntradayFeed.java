package io.spindle.mgmt.office;

import io.spindle.mgmt.api.ApiProblem;
import io.spindle.mgmt.api.ProblemCode;
import io.spindle.mgmt.control.AdminCommand;
import io.spindle.mgmt.control.Commander;
import io.spindle.mgmt.control.MemberCommands;
import io.spindle.mgmt.model.Balance;
import io.spindle.mgmt.model.Decimals;
import io.spindle.mgmt.view.View;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Movements that banks and registries report during the day, each source with positions of its own:
 * from 1, without a gap. A position is applied once, whoever repeats it; the request's id is made
 * of source and position, so that not even a crash between two commands doubles it.
 */
public final class IntradayFeed {
    static final String KIND = "feed-position";
    static final String OPENED = "feed-opened";
    private static final String UNUSABLE = "UNUSABLE";
    private static final Logger LOG = LoggerFactory.getLogger(IntradayFeed.class);

    /** How far a source has come. */
    public record Position(long position) {}

    /** Why a source's movements are booked from now on. */
    private record Opening(String reason) {}

    /**
     * One movement, of cash or of an asset.
     *
     * @param amount signed decimal string, with a currency
     * @param quantity signed decimal string, with a symbol
     */
    public record Update(
            long position,
            String account,
            String currency,
            String amount,
            String symbol,
            String quantity) {}

    /**
     * What became of it.
     *
     * @param code NONE, the engine's reject code, or UNUSABLE; what is refused is quarantined
     */
    public record Outcome(long position, String code, String detail) {}

    private final View view;
    private final Commander commander;
    private final Notes notes;
    private final Quarantine quarantine;
    private final Supplier<Instant> clock;

    IntradayFeed(final View view, final Commander commander, final Supplier<Instant> clock) {
        this.view = view;
        this.commander = commander;
        this.clock = clock;
        this.notes = new Notes(commander, view);
        this.quarantine = new Quarantine(notes);
    }

    /** The last position that was applied; 0 before the first. */
    public long position(final String source) {
        return view.read(now -> position(now, source));
    }

    /** The same at a reading. */
    public static long position(final View.Reading now, final String source) {
        return Notes.read(now, KIND, source, Position.class).map(Position::position).orElse(0L);
    }

    /** What opens a source; one that is open stays so. */
    public static AdminCommand opening(
            final UUID request, final String source, final String reason, final String by) {
        return Notes.command(request, OPENED, source, by, new Opening(reason));
    }

    /** Whether somebody has opened it, or something of it was booked. */
    private boolean isOpen(final String source) {
        return view.read(now -> isOpen(now, source));
    }

    /** The same at a reading. */
    static boolean isOpen(final View.Reading now, final String source) {
        return position(now, source) > 0 || now.metadata().find(OPENED, source).isPresent();
    }

    /**
     * Applies what is new of these, in their order; what was applied before is left out.
     *
     * @param onlyIfOpen nothing of a source that nobody has opened
     */
    public synchronized List<Outcome> apply(
            final String source,
            final List<Update> updates,
            final String by,
            final boolean onlyIfOpen)
            throws IOException, InterruptedException {
        if (onlyIfOpen && !isOpen(source)) {
            throw ApiProblem.of(
                    ProblemCode.SECOND_PERSON,
                    "nobody has opened "
                            + source
                            + ": PUT /v1/feeds/"
                            + source
                            + " with a reason, and have a second person approve it");
        }
        final long start = position(source);
        long expected = start + 1;
        final List<Outcome> outcomes = new ArrayList<>();
        try {
            for (final Update update : updates) {
                if (update.position() > expected) {
                    throw ApiProblem.of(
                            ProblemCode.CONFLICT,
                            "position " + expected + " is missing: resend from there");
                }
                if (update.position() == expected) {
                    outcomes.add(apply(source, update, by));
                    expected++;
                }
            }
        } finally { // the engine forgets the requests of what was booked before a gap or a fault
            if (expected > start + 1) {
                notes.write(KIND, source, by, new Position(expected - 1));
            }
        }
        refresh(source, by);
        return outcomes;
    }

    /**
     * Whoever reports is online, and is believed to be for a while. Where that cannot be said, what
     * was booked is told all the same.
     */
    private void refresh(final String source, final String by) throws InterruptedException {
        final Instant time = clock.get();
        final Optional<FeedStatus.Report> report =
                view.read(now -> FeedStatus.report(now, source, time));
        try {
            if (report.isPresent()) {
                notes.write(FeedStatus.REPORTED, source, by, report.get());
            }
        } catch (final IOException failure) {
            LOG.warn("{} has reported and is not said to be online", source, failure);
        }
    }

    private Outcome apply(final String source, final Update update, final String by)
            throws IOException, InterruptedException {
        Outcome outcome;
        try {
            commander.send(command(source, update));
            outcome = new Outcome(update.position(), "NONE", "done");
        } catch (final IllegalArgumentException unusable) {
            outcome = new Outcome(update.position(), UNUSABLE, unusable.getMessage());
        } catch (final Commander.Failure refusal) {
            if (refusal.isUncertain()) {
                throw refusal;
            }
            outcome = new Outcome(update.position(), refusal.code(), refusal.getMessage());
        }
        if (!outcome.code().equals("NONE")) {
            quarantine.add(
                    "feed." + source + "." + update.position(),
                    by,
                    new Refused(update, outcome.code()));
        }
        return outcome;
    }

    /** A movement that waits for somebody. */
    private record Refused(Update update, String code) {}

    private AdminCommand command(final String source, final Update update) {
        final UUID request =
                UUID.nameUUIDFromBytes(
                        ("feed\n" + source + "\n" + update.position())
                                .getBytes(StandardCharsets.UTF_8));
        final String account = name(update.account(), 16);
        if (update.currency() != null) {
            return MemberCommands.adjustCash(
                    request,
                    account,
                    name(update.currency(), 4),
                    Decimals.parse(text(update.amount()), Balance.DECIMALS));
        }
        final String symbol = name(update.symbol(), 8);
        final int decimals =
                view.read(now -> now.instrument(symbol))
                        .map(instrument -> instrument.lotExponent())
                        .orElse(0);
        return MemberCommands.adjustHolding(
                request, account, symbol, Decimals.parse(text(update.quantity()), decimals));
    }

    private static String text(final String text) {
        return text == null ? "" : text;
    }

    private static String name(final String text, final int maxLength) {
        if (text == null || !text.matches("[!-~]{1," + maxLength + "}")) {
            throw new IllegalArgumentException(
                    "account, and currency or symbol, must be visible ASCII");
        }
        return text;
    }
}
