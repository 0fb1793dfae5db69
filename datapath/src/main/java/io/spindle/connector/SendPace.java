package io.spindle.connector;

import io.spindle.client.ClientSession;

/**
 * The rate that a venue announces, kept where orders leave: what the engine spaced in log time
 * comes here in a bunch when this process was away, and would reach the venue as one. For the same
 * reason no more orders are under way, unanswered, than the venue takes at once and in 10 ms.
 */
final class SendPace {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final int FLIGHTS_PER_SECOND = 100;

    private final ClientSession session;

    /** When as many may leave at once as ever; on the connector's clock. */
    private long fullAtNs = Long.MIN_VALUE / 2;

    SendPace(final ClientSession session) {
        this.session = session;
    }

    /** Whether one more order may leave now; then it counts. */
    boolean lets(final int underWay, final long nowNs) {
        final long perSecond = session.ratePerSecond();
        if (perSecond == 0) {
            return true;
        }
        final long burst = session.rateBurst();
        final long intervalNs = intervalNs(perSecond, burst);
        final boolean early = fullAtNs - nowNs > (Math.max(burst, 2) - 2) * intervalNs;
        if (early || underWay >= burst + perSecond / FLIGHTS_PER_SECOND) {
            return false;
        }
        fullAtNs = (fullAtNs - nowNs > 0 ? fullAtNs : nowNs) + intervalNs;
        return true;
    }

    /** As in the engine one of the burst, or a tenth of the rate, is left to the network. */
    private static long intervalNs(final long perSecond, final long burst) {
        return SECOND_NS / (burst > 1 ? perSecond : Math.max(1, perSecond - perSecond / 10));
    }
}
