package io.spindle.perf.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.time.Duration;

/** The rig against a server that knows nothing of orders. */
@Timeout(60)
class EchoPartyTest {
    private static void echo(final DatagramChannel channel) {
        final ByteBuffer buffer = ByteBuffer.allocate(2_048);
        try {
            while (channel.isOpen()) {
                buffer.clear();
                final var sender = channel.receive(buffer);
                buffer.flip();
                channel.send(buffer, sender);
            }
        } catch (final ClosedChannelException over) {
            assertTrue(!channel.isOpen());
        } catch (final IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Test
    void shouldTimeWhatComesBackFromWhenItWasDue() throws IOException {
        try (DatagramChannel server = DatagramChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            Thread.ofPlatform().daemon().start(() -> echo(server));
            try (LoadRig rig = LoadRig.echoed((InetSocketAddress) server.getLocalAddress(), 2)) {
                final LoadResult result = rig.run(400, Duration.ZERO, Duration.ofSeconds(1));
                assertEquals(400, result.total().getTotalCount());
                assertEquals(0, result.unanswered());
                assertTrue(result.total().getMinValue() > 0);
            }
        }
    }
}
