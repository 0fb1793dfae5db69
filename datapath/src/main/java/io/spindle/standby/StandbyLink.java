package io.spindle.standby;

import io.spindle.log.DataFolder;
import io.spindle.log.RingReader;
import io.spindle.standby.StandbyMessage.Sender;

import org.agrona.CloseHelper;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.security.SecureRandom;

/**
 * The primary's end of the link, in the media process: takes the standby's word of what it holds
 * and until when it will not take over, and writes both into the ring's header for the loop.
 *
 * <p>One thread.
 */
public final class StandbyLink implements AutoCloseable {
    private final PrimarySide side;
    private final StandbyKey key;
    private final DatagramChannel channel;
    private long dropped;
    private final ByteBuffer buffer = StandbyMessage.newBuffer();

    /**
     * @param recorded last sequence of the recording when this process began
     */
    public StandbyLink(
            final DataFolder folder,
            final StandbyKey key,
            final InetSocketAddress address,
            final long recorded)
            throws IOException {
        this.key = key;
        this.side = new PrimarySide(folder, recorded, new SecureRandom().nextLong());
        this.channel = DatagramChannel.open();
        try {
            channel.bind(address).configureBlocking(false);
        } catch (final IOException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * Takes what has come and answers it.
     *
     * @param nowNs the machine's monotonic clock, which the loop reads too
     * @return messages taken
     * @throws io.spindle.log.LogDamaged if a standby has taken over
     */
    public int poll(final RingReader ring, final long nowNs) throws IOException {
        int messages = 0;
        for (SocketAddress from = receive(); from != null; from = receive()) {
            final StandbyMessage message = StandbyMessage.parse(Sender.STANDBY, key, buffer);
            final StandbyMessage answer = message == null ? null : side.take(message, ring, nowNs);
            if (answer != null) {
                channel.send(answer.write(Sender.PRIMARY, key, buffer), from);
                messages++;
            } else {
                dropped++;
            }
        }
        return messages;
    }

    /** Datagrams that were not said by a standby of this log under this folder's key. */
    public long dropped() {
        return dropped;
    }

    /** Words of a second standby, which are not believed while the first is heard. */
    public long contested() {
        return side.contested();
    }

    private SocketAddress receive() throws IOException {
        buffer.clear();
        final SocketAddress from = channel.receive(buffer);
        buffer.flip();
        return from;
    }

    @Override
    public void close() {
        CloseHelper.close(channel);
    }
}
