package io.spindle.loop;

import io.spindle.codec.itch.FeedEgress;
import io.spindle.log.AckLevel;
import io.spindle.log.CommandLog;
import io.spindle.nic.NicCounters;
import io.spindle.oms.OrderCounts;
import io.spindle.oms.TradingEngine;
import io.spindle.session.Bindings;
import io.spindle.session.SessionCounters;

/**
 * Copies the loop's plain counters to the counters file every {@value #INTERVAL_NS} ns, so that the
 * path of a message never touches shared memory for them.
 */
final class CounterReport {
    private static final long INTERVAL_NS = 50_000_000L;

    private final LoopCounters file;
    private final NicCounters nic;
    private final NetCounters net;
    private final SessionCounters sessions;
    private final FeedEgress feed;
    private final TradingEngine engine;
    private final LoopAdminEvents admin;
    private final Bindings bindings;
    private final LogClock clock;
    private final AckGate gate;
    private final CommandLog log;
    private long dueNs = Long.MIN_VALUE;

    CounterReport(
            final LoopCounters file,
            final NicCounters nic,
            final NetCounters net,
            final SessionCounters sessions,
            final FeedEgress feed,
            final TradingEngine engine,
            final LoopAdminEvents admin,
            final Bindings bindings,
            final LogClock clock,
            final AckGate gate,
            final CommandLog log) {
        this.file = file;
        this.nic = nic;
        this.net = net;
        this.sessions = sessions;
        this.feed = feed;
        this.engine = engine;
        this.admin = admin;
        this.bindings = bindings;
        this.clock = clock;
        this.gate = gate;
        this.log = log;
    }

    void poll(final long timeNs, final boolean leaseHeld) {
        if (dueNs <= timeNs) {
            dueNs = timeNs + INTERVAL_NS;
            publish(timeNs);
            file.set(LoopCounter.LEASE_HELD, leaseHeld ? 1 : 0);
        }
    }

    void publish(final long timeNs) {
        file.set(LoopCounter.LOG_SEQUENCE, engine.sequence());
        file.set(LoopCounter.LOG_TIME_NS, timeNs);
        file.set(LoopCounter.SESSIONS_UP, bindings.countUp());
        file.set(LoopCounter.ORDERS_OPEN, engine.orders().open());
        file.set(LoopCounter.EVENT_DIGEST, engine.eventDigest());
        file.set(LoopCounter.DIGEST_MISMATCHES, admin.digestMismatches());
        file.set(LoopCounter.ILLEGAL_TRANSITIONS, engine.illegalTransitions());
        file.set(LoopCounter.CLOCK_STEP_ALARMS, clock.stepAlarms());
        file.set(LoopCounter.STAMPS_REFUSED, clock.stampsRefused());
        file.set(LoopCounter.ACK_SEQUENCE, gate.safe());
        file.set(LoopCounter.LOG_SYNCED, log.safeSequence(AckLevel.SYNCED));
        file.set(LoopCounter.LOG_REPLICATED, log.safeSequence(AckLevel.REPLICATED));
        file.set(LoopCounter.LOG_REFUSAL, log.refusal());
        file.set(LoopCounter.FEED_MESSAGES, feed.messages());
        file.set(LoopCounter.FEED_PACKETS, feed.packets());
        file.set(LoopCounter.FEED_SKIPPED, feed.skipped());
        publishOrders();
        publishNetwork();
        publishSessions();
    }

    /** What was refused before the log never reached the engine, and was received all the same. */
    private void publishOrders() {
        final OrderCounts orders = engine.orderCounts();
        final long refused = sessions.ordersRefused;
        file.set(LoopCounter.ORDERS_RECEIVED, orders.received + refused);
        file.set(LoopCounter.ORDERS_ACCEPTED, orders.accepted);
        file.set(LoopCounter.ORDERS_REJECTED, orders.rejected() + refused);
        file.set(LoopCounter.REJECTED_BEFORE_ENGINE, refused);
        file.set(LoopCounter.REJECTED_BY_RATE, orders.rejectedByRate);
        file.set(LoopCounter.REJECTED_BY_FIELDS, orders.rejectedByFields);
        file.set(LoopCounter.REJECTED_BY_RISK, orders.rejectedByRisk);
        file.set(LoopCounter.REJECTED_BY_RULE, orders.rejectedByRule);
        file.set(LoopCounter.REJECTED_BY_BOOK, orders.rejectedByBook);
    }

    private void publishNetwork() {
        file.set(LoopCounter.FRAMES_RECEIVED, nic.framesReceived);
        file.set(LoopCounter.FRAMES_SENT, nic.framesSent);
        file.set(LoopCounter.TRANSMIT_BACK_PRESSURE, nic.transmitBackPressure);
        file.set(LoopCounter.TRANSMIT_ERRORS, nic.transmitErrors);
        file.set(LoopCounter.RECEIVE_TRUNCATED, nic.receiveTruncated);
        file.set(LoopCounter.RECEIVE_ERRORS, nic.receiveErrors);
        file.set(LoopCounter.RECEIVE_MISSED, nic.receiveMissed);
        file.set(LoopCounter.RECEIVE_RING_FULL, nic.receiveRingFull);
        file.set(LoopCounter.RECEIVE_NO_BUFFER, nic.receiveNoBuffer);
        file.set(LoopCounter.TRANSMIT_INVALID, nic.transmitInvalid);
        file.set(LoopCounter.TRANSMIT_LOST, nic.transmitLost);
        file.set(LoopCounter.INTERFACE_DOWN, nic.interfaceDown);
        file.set(LoopCounter.CAPTURE_DROPPED, nic.captureDropped);
        file.set(LoopCounter.FRAMES_OTHER_PROTOCOL, net.otherProtocol);
        file.set(LoopCounter.FRAMES_MALFORMED, net.malformed);
        file.set(LoopCounter.FRAMES_OTHER_PORT, net.otherPort);
        file.set(LoopCounter.OVERLOADS, net.overloads);
    }

    private void publishSessions() {
        file.set(LoopCounter.DATAGRAMS, sessions.datagrams);
        file.set(LoopCounter.MALFORMED_DATAGRAMS, sessions.malformedDatagrams);
        file.set(LoopCounter.STRANGER_DATAGRAMS, sessions.strangerDatagrams);
        file.set(LoopCounter.IGNORED_BLOCKS, sessions.ignoredBlocks);
        file.set(LoopCounter.TOKENS_REFUSED, sessions.tokensRefused);
        file.set(LoopCounter.LOGINS_LIMITED, sessions.loginsLimited);
        file.set(LoopCounter.LOGINS_REJECTED, sessions.loginsRejected);
        file.set(LoopCounter.LOGINS_ACCEPTED, sessions.loginsAccepted);
        file.set(LoopCounter.RETRANSMITS_TOO_OLD, sessions.retransmitsTooOld);
        file.set(LoopCounter.REFILL_PACKETS, sessions.refillPackets);
        file.set(LoopCounter.OUTBOUND_OVERRUNS, sessions.outboundOverruns);
        file.set(LoopCounter.POLICED, sessions.policed);
        file.set(LoopCounter.MALFORMED_MESSAGES, sessions.malformedMessages);
        file.set(LoopCounter.DUPLICATES_FILTERED, sessions.duplicatesFiltered);
        file.set(LoopCounter.REFUSED, sessions.refused);
        file.set(LoopCounter.DROPPED_LOG_FULL, sessions.droppedLogFull);
    }
}
