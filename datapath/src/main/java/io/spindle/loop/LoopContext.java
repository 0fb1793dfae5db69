package io.spindle.loop;

import io.spindle.log.AckLevel;
import io.spindle.log.AnswerRing;
import io.spindle.log.CommandLog;
import io.spindle.log.RefillRings;
import io.spindle.log.RingReader;
import io.spindle.nic.NicQueue;
import io.spindle.oms.EngineConfig;

/**
 * What a {@link TradingLoop} is made of and does not make itself.
 *
 * @param nic frames in and out, open on the order-entry port
 * @param log the command log
 * @param requests reading end of the control ring
 * @param answers writing end of the answer ring
 * @param clock log time
 * @param engine capacities of the engine
 * @param outboundStoreBytes room for sequenced messages of all sessions, a power of two
 * @param counters the counters file
 * @param maxWaitNs new orders are refused once a datagram waited longer than this for the loop
 * @param refill to and from the feed process, for reports older than the loop keeps
 * @param ack how safe a command must be before its answers leave
 * @param lease without which the loop stands still
 */
public record LoopContext(
        NicQueue nic,
        CommandLog log,
        RingReader requests,
        AnswerRing answers,
        LogClock clock,
        EngineConfig engine,
        int outboundStoreBytes,
        LoopCounters counters,
        long maxWaitNs,
        RefillRings refill,
        AckLevel ack,
        Lease lease) {
    /** Room for about half a million reports. */
    public static final int OUTBOUND_STORE_BYTES = 64 << 20;

    /** One box alone that answers from the ring. */
    public LoopContext(
            final NicQueue nic,
            final CommandLog log,
            final RingReader requests,
            final AnswerRing answers,
            final LogClock clock,
            final EngineConfig engine,
            final int outboundStoreBytes,
            final LoopCounters counters,
            final long maxWaitNs,
            final RefillRings refill) {
        this(
                nic,
                log,
                requests,
                answers,
                clock,
                engine,
                outboundStoreBytes,
                counters,
                maxWaitNs,
                refill,
                AckLevel.RING,
                Lease.none());
    }
}
