package io.spindle.loop;

import io.spindle.codec.itch.FeedEgress;
import io.spindle.codec.ouch.OrderCommands;
import io.spindle.codec.ouch.OuchIngress;
import io.spindle.codec.ouch.OuchReports;
import io.spindle.log.CommandHandler;
import io.spindle.log.CommandLog;
import io.spindle.net.Ports;
import io.spindle.net.UdpFrameEncoder;
import io.spindle.nic.Cold;
import io.spindle.nic.NicInfo;
import io.spindle.nic.NicQueue;
import io.spindle.oms.SessionTable;
import io.spindle.oms.TradingEngine;
import io.spindle.session.Bindings;
import io.spindle.session.Liveness;
import io.spindle.session.LoginDesk;
import io.spindle.session.OutboundStore;
import io.spindle.session.SessionCounters;
import io.spindle.session.SessionDay;
import io.spindle.session.SessionEgress;
import io.spindle.session.SessionIngress;
import io.spindle.session.Tokens;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.Agent;

/**
 * The trading thread, and the first page to read: orders off the wire, into the log, through the
 * engine, answers back onto the wire.
 *
 * <pre>
 *  nic ─▶ frames ─▶ sessions ─▶ codec ─▶ log.append ─▶ log.poll ─▶ engine ─▶ reports ─▶ egress ─▶ nic
 *                    timers ──────────────▲ ▲                        └─▶ market data ─────────────▲
 *                    control ring ──────────┘
 * </pre>
 *
 * <p>One thread, no lock, no allocation, no blocking call. Nothing changes the engine but what
 * {@link CommandLog#poll} hands back, and nothing sequenced leaves but what the engine said.
 */
public final class TradingLoop implements Agent, CommandHandler {
    private static final int COMMANDS_PER_TURN = 1024;

    private final LogClock clock;
    private final NicQueue nic;
    private final CommandLog log;
    private final TradingEngine engine;
    private final Timers timers;
    private final ControlIntake control;
    private final FrameIntake intake;
    private final Liveness liveness;
    private final SessionEgress egress;
    private final FeedEgress feed;
    private final LoopAdminEvents adminEvents;
    private final SessionDay day = new SessionDay();
    private final Bindings bindings;
    private final SessionCounters sessionCounters = new SessionCounters();
    private final CounterReport counters;
    private final OutboundStore store;
    private final AckGate gate;
    private final Lease lease;
    private final Tokens tokens;

    /** Logged commands were left to the next turn. */
    private boolean behind;

    /** Keeps the compiler from leaving out reads whose only purpose is to have been made. */
    private long warmed;

    public TradingLoop(final LoopContext context) {
        clock = context.clock();
        nic = context.nic();
        log = context.log();
        final NicInfo local = nic.info();
        final int port = local.port();
        final UdpFrameEncoder frames = new UdpFrameEncoder(nic, local.mac(), local.address());
        final int maxSessions = context.engine().maxSessions();
        store = new OutboundStore(context.outboundStoreBytes(), maxSessions);
        bindings = new Bindings(maxSessions);
        tokens = new Tokens(maxSessions);
        egress =
                new SessionEgress(
                        store,
                        bindings,
                        day,
                        frames,
                        port,
                        context.refill(),
                        tokens,
                        clock,
                        sessionCounters);
        final OuchReports reports = new OuchReports(egress, day);
        feed = new FeedEgress(frames, new Ports(port));
        adminEvents = new LoopAdminEvents(bindings, egress, feed.feed(), day, context.answers());
        engine = new TradingEngine(context.engine(), reports, feed.feed(), adminEvents);
        feed.feed().attach(engine);
        reports.attach(engine);
        egress.attach(engine.sessions());
        tokens.attach(engine.sessions());

        final LogRequests requests = new LogRequests(log, bindings);
        liveness = new Liveness(bindings, requests, egress);
        adminEvents.connect(engine, liveness);
        final LoginDesk logins =
                new LoginDesk(
                        engine.sessions(),
                        bindings,
                        tokens,
                        day,
                        requests,
                        egress,
                        frames,
                        port,
                        sessionCounters);
        final OuchIngress messages =
                new OuchIngress(engine.sessions(), new OrderCommands(log), sessionCounters);
        final SessionIngress sessions =
                new SessionIngress(
                        bindings,
                        logins,
                        messages,
                        engine.sessions(),
                        tokens,
                        requests,
                        egress,
                        liveness,
                        sessionCounters);
        final NetCounters netCounters = new NetCounters();
        gate = new AckGate(context.ack(), log, engine, egress, feed);
        lease = context.lease();
        final OverloadGuard guard = new OverloadGuard(messages, netCounters, context.maxWaitNs());
        intake = new FrameIntake(nic, sessions, port, netCounters, clock, guard);
        timers = new Timers(log, engine, clock);
        control = new ControlIntake(context.requests(), log, bindings);
        counters =
                new CounterReport(
                        context.counters(),
                        nic.counters(),
                        netCounters,
                        sessionCounters,
                        feed,
                        engine,
                        adminEvents,
                        bindings,
                        clock,
                        gate,
                        log);
    }

    /**
     * One turn. Answers leave before anything that nobody waits for is begun; at its end the memory
     * that the next order will be written to is read, so that the order does not wait for it.
     *
     * @return things done; 0 = an idle turn
     */
    @Override
    public int doWork() {
        final long timeNs = clock.turn();
        if (!lease.isHeld(clock.monotonicNs())) {
            return standStill(timeNs);
        }
        liveness.onTurn(timeNs);
        int work = timers.poll(timeNs);
        work += takeInput(timeNs);
        work += log.poll(this, COMMANDS_PER_TURN);
        behind = engine.sequence() < log.lastSequence();
        gate.poll();
        if (!lease.isStillHeld(clock)) {
            intake.release();
            return standStill(timeNs);
        }
        work += egress.flush(timeNs);
        nic.flush();
        intake.release();
        work += liveness.poll(engine.sessions().count(), timeNs);
        work += feed.flush(timeNs);
        nic.flush();
        counters.poll(timeNs, true);
        if (work > 0) {
            warmed += log.warm() + engine.warm() + store.warm() + feed.warm();
        }
        return work;
    }

    /**
     * Nothing while the engine is behind the log: what comes meanwhile waits on the card, where the
     * overload guard sees how long, and not in the ring.
     */
    private int takeInput(final long timeNs) {
        return behind ? 0 : control.poll(timeNs) + intake.poll(timeNs);
    }

    /** Somebody else may be the primary now: nothing is taken, logged or sent. */
    private int standStill(final long timeNs) {
        counters.poll(timeNs, false);
        return 0;
    }

    /** Applies a command that the log handed back, in the loop or while recovering. */
    @Override
    public void onCommand(
            final long sequence,
            final long timeNs,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        engine.apply(sequence, timeNs, buffer, offset, length);
    }

    /** Takes all memory that orders will ever need, so that none of them waits for a page. */
    @Cold
    public void makeResident() {
        store.makeResident();
        engine.makeResident();
    }

    /**
     * Takes over what the engine holds after a snapshot was read into it, before the rest of the
     * log is replayed.
     */
    @Cold
    public void resume() {
        day.start(engine.date(), engine.epoch());
        feed.feed().attach(engine);
        final SessionTable sessions = engine.sessions();
        for (int session = 0; session < sessions.count(); session++) {
            store.restart(session, (int) sessions.nextOutboundSequence(session));
            if (sessions.isUp(session)) {
                bindings.bind(
                        session,
                        sessions.address(session),
                        sessions.port(session),
                        sessions.mac(session));
            }
        }
    }

    /**
     * The log has been replayed to its end: time goes on from there, every deadline starts anew,
     * clients ask again for what they miss, orders are counted and requests answered from now on.
     */
    @Cold
    public void open() {
        engine.orderCounts().restart();
        clock.notBelow(engine.timeNs());
        final long timeNs = clock.turn();
        for (int session = 0; session < engine.sessions().count(); session++) {
            liveness.heard(session, timeNs);
            egress.skipToEnd(session);
        }
        tokens.open(timeNs);
        feed.open(timeNs);
        adminEvents.startAnswering();
    }

    /**
     * Sends what would be due if nothing had been sent for so long. For rehearsals: what is needed
     * once a second only would be compiled hours after the port opened.
     */
    @Cold
    public void beat(final long silenceNs) {
        final long timeNs = clock.turn() + silenceNs;
        for (int session = 0; session < engine.sessions().count(); session++) {
            egress.beat(session, timeNs);
        }
        egress.flush(timeNs);
        feed.flush(timeNs);
        nic.flush();
    }

    /** Brings the counters file up to date, at the end. */
    @Override
    @Cold
    public void onClose() {
        counters.publish(clock.turn());
    }

    /** The engine, for recovery before the first turn and for reading on the loop's own thread. */
    public TradingEngine engine() {
        return engine;
    }

    @Override
    public String roleName() {
        return "trading";
    }
}
