package io.spindle.mgmt.view;

import io.spindle.mgmt.model.Account;
import io.spindle.mgmt.model.AdminAnswer;
import io.spindle.mgmt.model.Alert;
import io.spindle.mgmt.model.Metadata;
import io.spindle.mgmt.model.Note;
import io.spindle.mgmt.model.Order;
import io.spindle.mgmt.model.OrderId;
import io.spindle.mgmt.model.SessionState;
import io.spindle.oms.AccountTable;
import io.spindle.oms.AdminEvents;
import io.spindle.oms.Ascii;
import io.spindle.oms.OrderState;
import io.spindle.oms.RejectCode;
import io.spindle.oms.RiskCheck;
import io.spindle.oms.SessionTable;
import io.spindle.oms.TradingEngine;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

/** Configuration, sessions and money as facts. */
final class AdminFacts implements AdminEvents {
    private static final int RISK_CHECKS = RiskCheck.values().length;

    private final EngineNames names;
    private final CommandInHand command;
    private final OrderFacts orders;
    private final FactListener listener;
    private final RiskRefusals refusals = new RiskRefusals();
    private final VenueAlerts venues;
    private final BookedFacts booked;
    private final ReconciliationAlerts reconciliations = new ReconciliationAlerts();
    private TradingEngine engine;
    private Ledger ledger;
    private String mismatch = "";

    AdminFacts(
            final EngineNames names,
            final CommandInHand command,
            final OrderFacts orders,
            final FactListener listener) {
        this.orders = orders;
        this.names = names;
        this.command = command;
        this.listener = listener;
        this.venues = new VenueAlerts(names);
        this.booked = new BookedFacts(names, command, listener);
    }

    void engine(final TradingEngine newEngine, final Ledger newLedger) {
        engine = newEngine;
        ledger = newLedger;
        venues.engine(newEngine);
        booked.engine(newEngine, newLedger);
    }

    /** Why this replica may not be believed any more; empty while it may. */
    String mismatch() {
        return mismatch;
    }

    @Override
    public void onSessionUp(final int session) {
        onSession(session);
    }

    @Override
    public void onSessionDown(final int session, final int reason) {
        onSession(session);
    }

    @Override
    public void onSession(final int session) {
        ledger.changes().forgetSession(session);
        listener.on(session(session));
    }

    SessionState session(final int session) {
        final SessionTable sessions = engine.sessions();
        final int flags = sessions.flags(session);
        return new SessionState(
                session,
                names.username(session),
                names.firmOfSession(session),
                names.account(sessions.account(session)),
                (flags & SessionTable.FLAG_CANCEL_ON_DISCONNECT) != 0,
                sessions.graceNs(session),
                (flags & SessionTable.FLAG_KEEPS_SOURCE) != 0,
                (flags & SessionTable.FLAG_TOKEN) != 0,
                sessions.isUp(session),
                address(sessions.address(session), sessions.port(session)),
                sessions.openOrders(session),
                sessions.nextOutboundSequence(session),
                engine.sequence(),
                engine.timeNs());
    }

    private static String address(final int ipv4, final int port) {
        return ipv4 == 0
                ? ""
                : "%d.%d.%d.%d:%d"
                        .formatted(
                                ipv4 >>> 24,
                                ipv4 >>> 16 & 0xFF,
                                ipv4 >>> 8 & 0xFF,
                                ipv4 & 0xFF,
                                port);
    }

    @Override
    public void onRouted(
            final int order,
            final int venue,
            final long price,
            final long lots,
            final long share,
            final long ageNs) {
        listener.on(names.routingQuote(order, venue, price, lots, share, ageNs));
    }

    @Override
    public void onAccount(final int account) {
        listener.on(account(account));
    }

    Account account(final int account) {
        final int flags = engine.accounts().flags(account);
        return new Account(
                names.account(account),
                names.firmOfAccount(account),
                (flags & AccountTable.FLAG_SHORT_SELLING) != 0,
                (flags & AccountTable.FLAG_MARGIN) != 0,
                (flags & AccountTable.FLAG_TRADE_UNSETTLED) != 0,
                engine.sequence(),
                engine.timeNs());
    }

    @Override
    public void onRiskWarning(
            final int account, final int about, final long limit, final long value) {
        listener.on(
                new Alert(
                        Alert.Kind.RISK_WARNING,
                        names.firmOfAccount(account),
                        names.account(account),
                        "%s: %d of %d".formatted(EngineNames.reject(about), value, limit),
                        engine.sequence(),
                        engine.timeNs()));
    }

    @Override
    public void onBalance(final int account, final int currency, final long balance) {
        booked.cash(account, currency);
    }

    @Override
    public void onHolding(final int account, final int instrument, final long lots) {
        booked.holding(account, instrument);
    }

    /** The command in hand has been applied. */
    void applied() {
        booked.tell();
    }

    @Override
    public void onAdminResult(final long requestHigh, final long requestLow, final int code) {
        final UUID request = new UUID(requestHigh, requestLow);
        final Optional<Note> told =
                code == RejectCode.NONE.code ? command.note() : Optional.empty();
        told.ifPresent(note -> tell(note, request, engine.sequence(), engine.timeNs()));
        listener.on(
                new AdminAnswer(
                        request,
                        CommandNames.of(command.templateId()),
                        EngineNames.reject(code),
                        engine.sequence(),
                        engine.timeNs()));
        told.flatMap(note -> reconciliations.of(note, request, engine.sequence(), engine.timeNs()))
                .ifPresent(listener::on);
    }

    /** Says what a note says, with the firm that may see it. */
    private void tell(final Note note, final UUID request, final long sequence, final long timeNs) {
        listener.on(
                new Metadata(
                        note.kind(),
                        note.key(),
                        firm(note),
                        note.author(),
                        note.attributes(),
                        request,
                        sequence,
                        timeNs));
    }

    /** Says again what was said before this replica begins. */
    void recall(final long sequence, final long timeNs) {
        command.note().ifPresent(note -> tell(note, command.noteRequest(), sequence, timeNs));
    }

    private String firm(final Note note) {
        return switch (note.kind()) {
            case "owner" -> note.key();
            case "account" -> {
                final int account =
                        engine.accounts()
                                .find(Ascii.pack(note.key()), Ascii.pack(note.key(), Long.BYTES));
                yield account == AccountTable.NONE ? "" : names.firmOfAccount(account);
            }
            case "order" ->
                    OrderId.parse(note.key())
                            .map(id -> engine.sessions().find(Ascii.pack(id.session())))
                            .filter(session -> session != SessionTable.NONE)
                            .map(names::firmOfSession)
                            .orElse("");
            default -> "";
        };
    }

    @Override
    public void onRiskRejected(
            final int session,
            final int userRefIdx,
            final int userRefNum,
            final int account,
            final int check,
            final long limit,
            final long value) {
        final List<String> passed =
                IntStream.range(0, check)
                        .filter(number -> number < RISK_CHECKS || number >= RiskCheck.CUSTOM)
                        .mapToObj(engine::checkName)
                        .toList();
        refusals.put(
                names.orderId(session, userRefIdx, userRefNum),
                new RiskRefusals.Refusal(passed, engine.checkName(check), limit, value));
    }

    RiskRefusals refusals() {
        return refusals;
    }

    @Override
    public void onHeld(final int order, final int rule) {
        listener.on(orders.waiting(order, Order.Cause.HELD));
    }

    /** What waits for an operator says so by itself, as does what comes to the book here. */
    @Override
    public void onTransition(final int order, final int from, final int to) {
        if (to == OrderState.PENDING_SUBMISSION.code() && engine.isOrderQueued(order)) {
            listener.on(orders.waiting(order, Order.Cause.QUEUED));
        } else if (to == OrderState.SUBMITTED.code()) {
            listener.on(orders.submitted(order));
        }
    }

    @Override
    public void onVenue(final int venue) {
        listener.on(venues.state(venue));
    }

    @Override
    public void onLegUnanswered(final int leg) {
        listener.on(venues.unanswered(leg));
    }

    @Override
    public void onVenueDifference(
            final int venue, final int number, final int kind, final long lots) {
        listener.on(venues.difference(venue, number, kind, lots));
    }

    @Override
    public void onAlgorithm(final int algorithm) {
        listener.on(AlgorithmHistory.read(engine, names, algorithm));
    }

    @Override
    public void onDayStart(final int date, final int epoch) {
        listener.on(ledger.day());
    }

    @Override
    public void onDigestMismatch(final long expected, final long actual) {
        mismatch =
                "digest at sequence %d is %016x, the log says %016x"
                        .formatted(engine.sequence(), actual, expected);
    }
}
