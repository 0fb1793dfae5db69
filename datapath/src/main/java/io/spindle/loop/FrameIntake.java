package io.spindle.loop;

import io.spindle.net.UdpFrameDecoder;
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

    FrameIntake(
            final NicQueue nic,
            final SessionIngress orderEntry,
            final int orderEntryPort,
            final NetCounters counters) {
        this.nic = nic;
        this.orderEntry = orderEntry;
        this.orderEntryPort = orderEntryPort;
        this.counters = counters;
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
                    onDatagram(burst.timestampNs(i), timeNs);
                    break;
                case UdpFrameDecoder.OTHER_PROTOCOL:
                    counters.otherProtocol++;
                    break;
                default:
                    counters.malformed++;
                    break;
            }
        }
        nic.release(burst);
        return frames;
    }

    private void onDatagram(final long receivedNs, final long timeNs) {
        if (frame.destinationPort() == orderEntryPort) {
            orderEntry.onDatagram(frame, receivedNs, timeNs);
        } else {
            counters.otherPort++;
        }
    }
}
