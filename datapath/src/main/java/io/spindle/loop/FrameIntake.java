package io.spindle.loop;

import io.spindle.net.UdpFrameDecoder;
import io.spindle.nic.Cold;
import io.spindle.nic.NicQueue;
import io.spindle.nic.RxBurst;
import io.spindle.session.SessionIngress;

/** Takes one burst of frames off the network and hands datagrams for order entry on. */
final class FrameIntake {
    private static final int BURST_FRAMES = 64;

    private final RxBurst burst = new RxBurst(BURST_FRAMES);
    private final UdpFrameDecoder frame = new UdpFrameDecoder();
    private final NicQueue nic;
    private final SessionIngress orderEntry;
    private final int orderEntryPort;
    private final NetCounters counters;
    private final LogClock clock;
    private final OverloadGuard guard;
    private final boolean stampsAreMonotonic;

    FrameIntake(
            final NicQueue nic,
            final SessionIngress orderEntry,
            final int orderEntryPort,
            final NetCounters counters,
            final LogClock clock,
            final OverloadGuard guard) {
        this.nic = nic;
        this.orderEntry = orderEntry;
        this.orderEntryPort = orderEntryPort;
        this.counters = counters;
        this.clock = clock;
        this.guard = guard;
        this.stampsAreMonotonic = isMonotonic(nic.info().timestamps());
    }

    /**
     * Takes what has arrived, at most one burst.
     *
     * @return frames taken
     */
    int poll(final long timeNs) {
        final int frames = nic.poll(burst);
        for (int i = 0; i < frames; i++) {
            switch (frame.wrap(burst.address(i), burst.length(i))) {
                case UdpFrameDecoder.UDP:
                    onDatagram(clock.ofStamp(burst.timestampNs(i), stampsAreMonotonic), timeNs);
                    break;
                case UdpFrameDecoder.OTHER_PROTOCOL:
                    counters.otherProtocol++;
                    break;
                default:
                    counters.malformed++;
                    break;
            }
        }
        guard.onBurst(burst.isDrained(), timeNs);
        return frames;
    }

    /** Gives the frames of the last {@link #poll} back, once the answers have left. */
    void release() {
        if (burst.count() > 0) {
            nic.release(burst);
        }
    }

    /** A simulated card stamps by the clock that the loop itself was given. */
    @Cold
    private static boolean isMonotonic(final String timestamps) {
        return timestamps.equals("monotonic") || timestamps.equals("virtual");
    }

    private void onDatagram(final long receivedNs, final long timeNs) {
        if (frame.destinationPort() == orderEntryPort) {
            guard.onDatagram(receivedNs, timeNs);
            orderEntry.onDatagram(frame, receivedNs, timeNs);
        } else {
            counters.otherPort++;
        }
    }
}
