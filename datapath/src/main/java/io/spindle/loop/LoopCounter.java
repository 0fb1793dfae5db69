package io.spindle.loop;

/**
 * Every counter of the trading process: its number in the counters file is its ordinal. Totals
 * unless the meaning says otherwise.
 */
public enum LoopCounter {
    STATE("state", "0 starting, 1 recovering, 2 open, 3 stopping"),
    LOG_SEQUENCE("log.sequence", "last command in the log"),
    LOG_TIME_NS("log.time_ns", "log time of the loop's last look, ns since the Unix epoch"),
    SESSIONS_UP("sessions.up", "sessions logged in now"),
    ORDERS_OPEN("orders.open", "orders open now"),
    EVENT_DIGEST("engine.event_digest", "digest of all events so far, as 64 bits"),
    DIGEST_MISMATCHES("engine.digest_mismatches", "checkpoints that this engine did not reproduce"),
    ILLEGAL_TRANSITIONS("engine.illegal_transitions", "requests along an edge that no order has"),
    CLOCK_STEP_ALARMS("clock.step_alarms", "seconds in which UTC was more than 10 ms away"),
    STAMPS_REFUSED("clock.stamps_refused", "receive stamps over 1 ms ahead of the loop; unused"),

    ORDERS_RECEIVED("orders.received", "new orders read: each is accepted or rejected"),
    ORDERS_ACCEPTED("orders.accepted", "new orders that passed every stage, held ones too"),
    ORDERS_REJECTED("orders.rejected", "new orders rejected, at any stage"),
    REJECTED_BEFORE_ENGINE(
            "orders.rejected_before_engine", "rejected for overload, an option or a full log"),
    REJECTED_BY_RATE("orders.rejected_by_rate", "rejected by the rate of a session or an account"),
    REJECTED_BY_FIELDS("orders.rejected_by_fields", "rejected by a field, an option or a halt"),
    REJECTED_BY_RISK("orders.rejected_by_risk", "rejected by a risk check"),
    REJECTED_BY_RULE("orders.rejected_by_rule", "rejected by an authorisation rule"),
    REJECTED_BY_BOOK("orders.rejected_by_book", "rejected by the book or the router"),

    FRAMES_RECEIVED("nic.frames_received", "frames taken from the network"),
    FRAMES_SENT("nic.frames_sent", "frames handed to the network"),
    TRANSMIT_BACK_PRESSURE("nic.transmit_back_pressure", "claims refused for want of a frame"),
    TRANSMIT_ERRORS("nic.transmit_errors", "frames that the network refused; dropped"),
    RECEIVE_TRUNCATED("nic.receive_truncated", "frames cut short; dropped"),
    RECEIVE_ERRORS("nic.receive_errors", "receive calls that failed"),
    RECEIVE_MISSED("nic.receive_missed", "frames lost before the loop could take them"),
    RECEIVE_RING_FULL("nic.receive_ring_full", "of those, because the loop was slow to poll"),
    RECEIVE_NO_BUFFER("nic.receive_no_buffer", "times there was no buffer to receive into"),
    TRANSMIT_INVALID("nic.transmit_invalid", "transmit descriptors called invalid; our mistake"),
    TRANSMIT_LOST("nic.transmit_lost", "frames that a failed transmit queue took with it"),
    INTERFACE_DOWN("nic.interface_down", "times that the interface was found down"),
    CAPTURE_DROPPED("nic.capture_dropped", "frames missing from the capture: its ring was full"),
    FRAMES_OTHER_PROTOCOL("net.other_protocol", "frames that were no UDP over IPv4"),
    FRAMES_MALFORMED("net.malformed", "frames whose headers contradict one another; dropped"),
    FRAMES_OTHER_PORT("net.other_port", "datagrams to another port; dropped"),
    OVERLOADS("net.overloads", "times that new orders were refused until the queue was drained"),

    DATAGRAMS("session.datagrams", "datagrams to the order-entry port"),
    MALFORMED_DATAGRAMS("session.malformed", "datagrams that were not whole blocks; dropped"),
    STRANGER_DATAGRAMS("session.strangers", "datagrams from sources not logged in; dropped"),
    IGNORED_BLOCKS("session.ignored_blocks", "blocks of an unknown type"),
    TOKENS_REFUSED("session.tokens_refused", "datagrams with a wrong or used token; dropped"),
    LOGINS_LIMITED("session.logins_limited", "logins above the rate; dropped unanswered"),
    LOGINS_REJECTED("session.logins_rejected", "logins refused"),
    LOGINS_ACCEPTED("session.logins_accepted", "logins that passed"),
    RETRANSMITS_TOO_OLD(
            "session.retransmits_too_old", "asked of the feed process: no longer in the store"),
    REFILL_PACKETS("session.refill_packets", "packets of the feed process sent to clients"),
    OUTBOUND_OVERRUNS("session.outbound_overruns", "messages overwritten before they were sent"),

    FEED_MESSAGES("feed.messages", "market data messages of the current session"),
    FEED_PACKETS("feed.packets", "market data datagrams sent on lines A and B"),
    FEED_SKIPPED("feed.skipped", "market data messages overwritten before a line could send them"),

    POLICED("session.policed", "messages above four times the announced rate; dropped"),
    MALFORMED_MESSAGES("ouch.malformed", "messages of unknown type or wrong length; dropped"),
    DUPLICATES_FILTERED("ouch.duplicates", "messages whose number was used before"),
    REFUSED("ouch.refused", "messages refused before the engine, with a code"),
    DROPPED_LOG_FULL("ouch.dropped_log_full", "messages dropped unanswered: no room in the log"),

    ACK_SEQUENCE("ack.sequence", "last command whose answers may leave"),
    LEASE_HELD("lease.held", "1 while the loop may take and answer; 0 = the standby is silent"),
    LOG_SYNCED("log.synced", "last command recorded; with ack synced on the disk"),
    LOG_REPLICATED("log.replicated", "last command that the standby has; 0 = it has none"),
    LOG_REFUSAL("log.refusal", "orders refused now: 0 no, 1 disk low, 2 not recording");

    /* Values of STATE. */
    public static final int STATE_STARTING = 0;
    public static final int STATE_RECOVERING = 1;
    public static final int STATE_OPEN = 2;
    public static final int STATE_STOPPING = 3;

    /** Name in reports, dotted. */
    public final String label;

    /** What it counts. */
    public final String meaning;

    LoopCounter(final String label, final String meaning) {
        this.label = label;
        this.meaning = meaning;
    }
}
