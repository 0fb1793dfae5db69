package io.spindle.connector;

import io.spindle.client.ClientListener;
import io.spindle.client.ClientSession;
import io.spindle.client.FeedBook;
import io.spindle.client.FeedWire;
import io.spindle.client.UdpWire;
import io.spindle.log.ControlClient;
import io.spindle.log.DataFolder;
import io.spindle.oms.Ascii;
import io.spindle.oms.EngineConfig;
import io.spindle.oms.LegTable;
import io.spindle.oms.NoEvents;
import io.spindle.oms.OrderState;
import io.spindle.oms.TradingEngine;
import io.spindle.oms.VenueTable;
import io.spindle.replica.Replica;

import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;

import java.io.IOException;
import java.util.function.Consumer;

/**
 * Speaks with one venue for the engine.
 *
 * <pre>
 *   STANDBY ──lease──▶ LOGGING_IN ──A, caught up──▶ ANNOUNCING ──link is in the log──▶ COMPARING
 *                          ▲                                                              │
 *                          ╰──── silence, end of session, another stream ────┬── OPEN ◀───╯
 *                                                          sync, mismatch ───╯ (to COMPARING)
 * </pre>
 *
 * <p>A stream that has ended can never be read again: its end is obeyed when the log has what was
 * heard of it.
 *
 * <p>One thread. {@code nowNs} is any clock that does not go back.
 */
public final class VenueConnector implements ClientListener, AutoCloseable {
    private enum State {
        STANDBY,
        LOGGING_IN,
        ANNOUNCING,
        COMPARING,
        OPEN
    }

    private static final int FRAMES_PER_TURN = 8;
    private static final int DATAGRAMS_PER_TURN = 64;
    private static final long RETRY_NS = 500_000_000L;
    private static final long SILENCE_NS = 3_000_000_000L;
    private static final long LAST_WORD_NS = 2_000_000_000L;

    private final ConnectorConfig config;
    private final Consumer<String> report;
    private final VenueLease lease;
    private final ControlClient control;
    private final Replica replica;
    private final TradingEngine engine;
    private final UdpWire wire;
    private final ClientSession session;
    private final Outbox outbox;
    private final VenueCommands commands;
    private final ReportTranslator reports;
    private final OrderSender sender;
    private final FeedWire feed;
    private final QuoteSender quotes;
    private State state = State.STANDBY;
    private long stream;
    private int venue = VenueTable.NONE;
    private int comparison;
    private boolean told;
    private boolean ended;
    private long nowNs;
    private long heardNs;
    private long triedNs;
    private long endedNs;

    /**
     * @param report takes lines for the operator
     */
    public VenueConnector(
            final DataFolder folder,
            final EngineConfig engineConfig,
            final ConnectorConfig config,
            final Consumer<String> report)
            throws IOException {
        this.config = config;
        this.report = report;
        lease = new VenueLease(folder, config.venue());
        control = ControlClient.open(folder);
        final LegEvents events = new LegEvents();
        replica = new Replica(folder, engineConfig, events, events, events);
        engine = replica.engine();
        wire = new UdpWire(config.server());
        session = new ClientSession(config.username(), config.password(), wire, this);
        outbox = new Outbox(control);
        commands = new VenueCommands(control, outbox, config);
        reports = new ReportTranslator(commands);
        sender = new OrderSender(engine, session, reports);
        final FeedBook book = new FeedBook();
        feed = config.feed().isPresent() ? feed(config, book) : null;
        quotes = new QuoteSender(book, outbox, commands);
    }

    private static FeedWire feed(final ConnectorConfig config, final FeedBook book)
            throws IOException {
        final ConnectorConfig.Feed from = config.feed().orElseThrow();
        final String host = config.server().getHostString();
        return new FeedWire(host, from.ports(), from.local(), book);
    }

    /** One turn. Returns the number of things done; 0 = an idle turn. */
    public int doWork(final long timeNs) throws IOException {
        nowNs = timeNs;
        int work = replica.poll(FRAMES_PER_TURN);
        venue = engine.venues().find(Ascii.packInt(config.venue()));
        if (state == State.STANDBY) {
            if (work == 0 && venue != VenueTable.NONE && lease.isHeld()) {
                logIn();
            }
            return work;
        }
        work += wire.poll(this::onDatagram, DATAGRAMS_PER_TURN);
        session.poll(nowNs);
        if (nowNs - heardNs > SILENCE_NS) {
            if (state != State.LOGGING_IN) {
                report.accept("the venue is silent");
                commands.link(false, stream, 0, 0);
            }
            logIn();
        }
        if (ended && (isAllInLog() || nowNs - endedNs > LAST_WORD_NS)) {
            tellLost(reports.sequence() - lastSequence());
            logIn();
        }
        return work + advance();
    }

    private void tellLost(final long lost) {
        if (lost > 0) {
            report.accept(
                    "THE VENUE'S DAY HAS ENDED, %,d REPORTS NOT IN THE LOG: book fills by hand"
                            .formatted(lost));
        }
    }

    private int advance() throws IOException {
        if (state == State.ANNOUNCING) {
            announce();
        }
        if (state != State.COMPARING && state != State.OPEN) {
            return 0;
        }
        final int there = engine.venues().state(venue);
        if (there == VenueTable.DOWN) {
            comparison = engine.venues().sync(venue);
            state = State.ANNOUNCING;
            return 1;
        }
        if (state == State.COMPARING) {
            compare();
        } else if (there != VenueTable.OPEN) {
            state = State.COMPARING;
        }
        if (feed != null) {
            feed.poll(nowNs);
            if (state == State.OPEN && feed.receiver().isCaughtUp()) {
                quotes.send(engine.instruments(), nowNs);
            }
        }
        return outbox.send(lastSequence(), nowNs)
                + (session.isUp() ? sender.send(venue, state == State.OPEN, nowNs) : 0);
    }

    /** Reports of the stream that are in the log. */
    private long lastSequence() {
        return engine.venues().stream(venue) == stream ? engine.venues().lastSequence(venue) : 0;
    }

    /** The log has every report that was read. */
    private boolean isAllInLog() {
        return outbox.isEmpty() && lastSequence() == reports.sequence();
    }

    private void logIn() {
        ended = false;
        outbox.clear();
        reports.clear();
        session.resumeAt(1);
        session.login(nowNs);
        heardNs = nowNs;
        state = State.LOGGING_IN;
    }

    /** Everything that the venue has said is read; what the log lacks of it waits in the outbox. */
    private void announce() throws IOException {
        if (!session.isCaughtUp() && !ended) {
            return;
        }
        if (isLinked()) {
            sender.begin(venue);
            told = false;
            state = State.COMPARING;
        } else if (nowNs - triedNs > RETRY_NS) {
            triedNs = nowNs;
            commands.link(true, stream, session.ratePerSecond(), session.rateBurst());
        }
    }

    private boolean isLinked() {
        final VenueTable venues = engine.venues();
        return venues.adapter(venue) == config.adapter()
                && venues.stream(venue) == stream
                && venues.state(venue) == VenueTable.CANCEL_ONLY
                && venues.sync(venue) != comparison;
    }

    /** When the log has all reports, both sides stand at the same point and can be compared. */
    private void compare() {
        final VenueTable venues = engine.venues();
        if (venues.state(venue) == VenueTable.OPEN) {
            reports.forgetClosed(number -> engine.legs().find(venue, number) == LegTable.NONE);
            report.accept("open, %,d reports read".formatted(reports.sequence()));
            state = State.OPEN;
        } else if (venues.state(venue) == VenueTable.CANCEL_ONLY
                && isAllInLog()
                && (!told || venues.sync(venue) != comparison)) {
            if (reports.areNumbersKnown()) {
                comparison = venues.sync(venue);
                told = true;
                reports.tellAll();
            } else {
                ask();
            }
        }
    }

    /** Not at once: a venue whose day begins is still closing the orders of the last one. */
    private void ask() {
        if (nowNs - triedNs > RETRY_NS) {
            triedNs = nowNs;
            sender.ask(nowNs);
        }
    }

    /** Tells the log that nobody speaks with the venue any more; for a stop in good order. */
    public void stop() throws IOException {
        if (state != State.STANDBY) {
            commands.link(false, stream, 0, 0);
        }
    }

    /** Whether orders go to the venue and come back. */
    public boolean isOpen() {
        return state == State.OPEN;
    }

    private void onDatagram(final DirectBuffer buffer, final int offset, final int length) {
        heardNs = nowNs;
        session.onDatagram(buffer, offset, length, nowNs);
    }

    @Override
    public void onLoggedIn(final String sessionId, final long nextSequence) {
        final long newStream = Ascii.pack(sessionId.substring(2));
        if (newStream != stream) {
            reports.clear();
            outbox.clear();
        }
        stream = newStream;
        reports.known(lastSequence());
        comparison = engine.venues().sync(venue);
        triedNs = nowNs - RETRY_NS - 1;
        state = State.ANNOUNCING;
    }

    @Override
    public void onLoginRejected(final char reason) {
        report.accept("login refused by the venue, reason " + reason);
    }

    @Override
    public void onReport(
            final long sequence, final DirectBuffer buffer, final int offset, final int length) {
        reports.onReport(sequence, buffer, offset, length);
    }

    @Override
    public void onEndOfSession(final long total) {
        final long unheard = total - Math.max(reports.sequence(), lastSequence());
        report.accept(
                unheard > 0
                        ? "THE VENUE'S DAY HAS ENDED, %,d REPORTS UNHEARD: book fills by hand"
                                .formatted(unheard)
                        : "the venue's day has ended");
        ended = true;
        endedNs = nowNs;
    }

    @Override
    public void close() {
        CloseHelper.closeAll(wire, feed, replica, control, lease);
    }

    /** Orders of ours, as the replica meets them. */
    private final class LegEvents extends NoEvents {
        @Override
        public void onLeg(final int leg, final int from, final int to) {
            if (isOurs(engine.legs().venue(leg)) && to == OrderState.SUBMITTED.code()) {
                sender.enter(engine.legs().number(leg));
            }
        }

        @Override
        public void onLegCancel(final int leg) {
            if (isOurs(engine.legs().venue(leg))) {
                sender.cancel(engine.legs().number(leg));
            }
        }

        /** An order that nobody here knows is not left at the venue. */
        @Override
        public void onVenueDifference(
                final int which, final int number, final int kind, final long lots) {
            if (isOurs(which) && kind == 'O') {
                sender.cancel(number);
            }
        }

        private boolean isOurs(final int which) {
            return state != State.STANDBY && which == venue;
        }
    }
}
