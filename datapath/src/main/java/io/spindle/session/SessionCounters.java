package io.spindle.session;

/**
 * Running totals of the order-entry side. One writer, the loop's thread, with plain stores; the
 * loop copies them to the counters file.
 */
public final class SessionCounters {
    /** Datagrams to the order-entry port. */
    public long datagrams;

    /** Datagrams that were not whole blocks; dropped. */
    public long malformedDatagrams;

    /** Datagrams from a source that is not logged in and asks for no login; dropped. */
    public long strangerDatagrams;

    /** Blocks of a type this server does not know, or out of place; ignored. */
    public long ignoredBlocks;

    /** Datagrams without the token that their session demands, or with one used before; dropped. */
    public long tokensRefused;

    /** Logins beyond the checks allowed in a second; dropped unanswered. */
    public long loginsLimited;

    /** Logins refused for their username, password or session id. */
    public long loginsRejected;

    /** Logins that passed. */
    public long loginsAccepted;

    /** Retransmissions asked of the feed process: no longer in the outbound store. */
    public long retransmitsTooOld;

    /** Packets that the feed process gave back and that were sent. */
    public long refillPackets;

    /** Messages overwritten before they could be sent; the client asks for them again. */
    public long outboundOverruns;

    /** Order-entry messages of an unknown type or with wrong lengths; dropped. */
    public long malformedMessages;

    /** Messages above four times the announced rate; dropped unanswered. */
    public long policed;

    /** Messages with a number already used, filtered before the log. */
    public long duplicatesFiltered;

    /** Messages refused before the engine, with a code. */
    public long refused;

    /** Of those, new orders; with those dropped unanswered. */
    public long ordersRefused;

    /** Messages dropped unanswered because the log had no room even for a refusal. */
    public long droppedLogFull;
}
