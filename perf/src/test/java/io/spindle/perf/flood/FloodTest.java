package io.spindle.perf.flood;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.HashSet;
import java.util.Set;

class FloodTest {
    @Test
    void shouldSendEveryKindOnlyWhileItIsOn() throws Exception {
        try (DatagramChannel server = DatagramChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            server.configureBlocking(false);
            final InetSocketAddress address = (InetSocketAddress) server.getLocalAddress();
            try (Flood flood = new Flood(address, "TEST00", "spindle", 10_000)) {
                assertEquals(0, flood.sent());
                flood.aim(Flood.Aim.NEIGHBOUR);
                assertEquals(0, flood.sent());
                flood.aim(Flood.Aim.SERVER);
                final Set<Character> kinds = new HashSet<>();
                final ByteBuffer received = ByteBuffer.allocate(100);
                final long endNs = System.nanoTime() + 10_000_000_000L;
                while (kinds.size() < 3 && System.nanoTime() - endNs < 0) {
                    received.clear();
                    if (server.receive(received) != null) {
                        assertEquals(received.position() - 2, received.getShort(0));
                        kinds.add((char) received.get(2));
                    }
                }
                assertEquals(Set.of('U', 'L', 'R'), kinds);
                flood.aim(Flood.Aim.NOBODY);
            }
        }
    }
}
