package io.spindle.perf.demo;

import com.paritytrading.juncture.nasdaq.itch50.ITCH50Parser;
import com.paritytrading.nassau.moldudp64.MoldUDP64Client;
import com.paritytrading.nassau.moldudp64.MoldUDP64ClientState;
import com.paritytrading.nassau.moldudp64.MoldUDP64ClientStatusListener;

import io.spindle.feed.JunctureBook;
import io.spindle.net.Ports;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;

/**
 * nassau's MoldUDP64 client and juncture's ITCH decoder on line A of a running appliance: nothing
 * of ours between the wire and the book.
 */
final class NassauReceiver implements AutoCloseable {
    private static final byte[] GROUP_A = {(byte) 239, (byte) 192, 64, 1};

    private final JunctureBook book = new JunctureBook();
    private final DatagramChannel line;
    private final DatagramChannel requests;
    private final MoldUDP64Client client;
    private boolean inStep;

    NassauReceiver(final Ports ports) throws IOException {
        final InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        final InetAddress group = InetAddress.getByAddress(GROUP_A);
        line =
                DatagramChannel.open(StandardProtocolFamily.INET)
                        .setOption(StandardSocketOptions.SO_REUSEADDR, true)
                        .bind(new InetSocketAddress(group, ports.lineA()));
        line.join(group, NetworkInterface.getByInetAddress(loopback));
        line.configureBlocking(false);
        requests = DatagramChannel.open(StandardProtocolFamily.INET);
        requests.bind(new InetSocketAddress(loopback, 0));
        requests.configureBlocking(false);
        final ITCH50Parser parser = new ITCH50Parser(book);
        client =
                new MoldUDP64Client(
                        line,
                        requests,
                        new InetSocketAddress(loopback, ports.rerequest()),
                        parser::message,
                        new MoldUDP64ClientStatusListener() {
                            @Override
                            public void state(
                                    final MoldUDP64Client session,
                                    final MoldUDP64ClientState next) {
                                inStep = next == MoldUDP64ClientState.SYNCHRONIZED;
                            }

                            @Override
                            public void downstream(
                                    final MoldUDP64Client session,
                                    final long sequence,
                                    final int count) {}

                            @Override
                            public void request(
                                    final MoldUDP64Client session,
                                    final long sequence,
                                    final int count) {}

                            @Override
                            public void endOfSession(final MoldUDP64Client session) {}
                        },
                        1);
    }

    void poll() throws IOException {
        while (client.receive()) {}
        while (client.receiveResponse()) {}
    }

    /** True when the line has told where it is and all until there was received. */
    boolean isInStep() {
        return inStep;
    }

    JunctureBook book() {
        return book;
    }

    @Override
    public void close() throws IOException {
        try (line) {
            requests.close();
        }
    }
}
