package io.spindle.loop;

import io.spindle.codec.itch.MarketFeed;
import io.spindle.log.AnswerRing;
import io.spindle.oms.AdminEvents;
import io.spindle.oms.SessionTable;
import io.spindle.oms.TradingEngine;
import io.spindle.session.Bindings;
import io.spindle.session.Liveness;
import io.spindle.session.SessionDay;
import io.spindle.session.SessionEgress;

/**
 * What the loop does about the engine's administrative events: binds and unbinds sessions, turns
 * the day of the session layer, answers admin requests.
 */
final class LoopAdminEvents implements AdminEvents {
    private final Bindings bindings;
    private final SessionEgress egress;
    private final MarketFeed feed;
    private final SessionDay day;
    private final AnswerRing answers;
    private TradingEngine engine;
    private Liveness liveness;
    private boolean answering;
    private long digestMismatches;

    LoopAdminEvents(
            final Bindings bindings,
            final SessionEgress egress,
            final MarketFeed feed,
            final SessionDay day,
            final AnswerRing answers) {
        this.bindings = bindings;
        this.egress = egress;
        this.feed = feed;
        this.day = day;
        this.answers = answers;
    }

    /** The engine is made after its listeners. */
    void connect(final TradingEngine tradingEngine, final Liveness sessionLiveness) {
        engine = tradingEngine;
        liveness = sessionLiveness;
    }

    /** From now on requests are answered; those of a replayed log were answered in their time. */
    void startAnswering() {
        answering = true;
    }

    long digestMismatches() {
        return digestMismatches;
    }

    @Override
    public void onSessionUp(final int session) {
        final SessionTable sessions = engine.sessions();
        bindings.bind(
                session, sessions.address(session), sessions.port(session), sessions.mac(session));
        liveness.heard(session, engine.timeNs());
        egress.open(session);
    }

    @Override
    public void onSessionDown(final int session, final int reason) {
        bindings.unbind(session);
    }

    @Override
    public void onAdminResult(final long requestHigh, final long requestLow, final int code) {
        final boolean asked = requestHigh != 0 || requestLow != 0;
        if (answering && asked) {
            answers.answer(requestHigh, requestLow, code, engine.sequence());
        }
    }

    @Override
    public void onDayStart(final int date, final int epoch) {
        day.start(date, epoch);
        feed.startDay(date, epoch);
        for (int session = 0; session < engine.sessions().count(); session++) {
            egress.startDay(session);
        }
    }

    @Override
    public void onDigestMismatch(final long expected, final long actual) {
        digestMismatches++;
    }
}
