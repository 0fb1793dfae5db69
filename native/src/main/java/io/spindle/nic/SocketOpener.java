package io.spindle.nic;

import io.spindle.sys.Onload;
import io.spindle.sys.SystemCallException;
import io.spindle.sys.UdpSocket;

/** Opens the kernel UDP socket behind a {@link SocketQueue} and finds out what it really got. */
@Cold
final class SocketOpener {
    private static final int SEND_BUFFER_BYTES = 4 << 20;

    /** Multicast passes no router. */
    private static final int HOPS = 1;

    private SocketOpener() {}

    static NicQueue open(final NicConfig config, final String reason) {
        UdpSocket socket = null;
        try {
            socket = new UdpSocket(config.address(), config.port());
            final String mode = configure(socket, config);
            return new SocketQueue(socket, config, info(socket, config, mode, reason));
        } catch (final SystemCallException failure) {
            if (socket != null) {
                socket.close();
            }
            throw new NicRefusedException(
                    "no UDP socket on "
                            + Ipv4.text(config.address())
                            + ":"
                            + config.port()
                            + ", "
                            + failure.getMessage(),
                    failure);
        }
    }

    private static String configure(final UdpSocket socket, final NicConfig config) {
        final int receive = socket.receiveBuffer(config.receiveBufferBytes());
        final int send = socket.sendBuffer(SEND_BUFFER_BYTES);
        socket.multicastFrom(config.multicastAddress(), HOPS);
        final StringBuilder mode = new StringBuilder("recvmmsg/sendmmsg");
        mode.append(buffer("receive", receive, config.receiveBufferBytes()));
        mode.append(buffer("send", send, SEND_BUFFER_BYTES));
        if (config.busyPollMicros() > 0) {
            final boolean granted = socket.busyPoll(config.busyPollMicros()) == 0;
            mode.append(granted ? ", busy poll " : ", busy poll refused ");
            mode.append(config.busyPollMicros()).append(" µs");
        }
        if (config.timestamps()) {
            socket.stampArrivals();
        }
        if (Onload.isPresent()) {
            mode.append(", under Onload ").append(Onload.settings(System.getenv()));
        }
        return mode.toString();
    }

    private static String buffer(final String direction, final int got, final int wanted) {
        final String size = ", " + direction + " buffer " + got / 1024 + " KiB";
        return got < wanted ? size + " of " + wanted / 1024 + " asked for" : size;
    }

    private static NicInfo info(
            final UdpSocket socket,
            final NicConfig config,
            final String mode,
            final String reason) {
        final int port = socket.port();
        return new NicInfo(
                NicBackend.SOCKET.word(),
                mode,
                Ipv4.text(config.address()) + ":" + port,
                Onload.isPresent() ? "onload" : "-",
                0,
                config.burstFrames(),
                config.ringFrames(),
                UdpHeaders.macOf(config.address()),
                config.address(),
                port,
                config.timestamps() ? "realtime" : "none",
                reason);
    }
}
