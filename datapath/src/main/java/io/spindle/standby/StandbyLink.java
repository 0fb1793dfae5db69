package io.spindle.standby;

import io.spindle.log.DataFolder;
import io.spindle.log.LogDamaged;
import io.spindle.log.RingReader;

import org.agrona.CloseHelper;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.security.SecureRandom;
import java.util.UUID;

/**
 * The primary's end of the link, in the media process: takes the standby's word of what it holds
 * and until when it will not take over, and writes both into the ring's header for the loop.
 *
 * <p>One thread.
 */
public final class StandbyLink implements AutoCloseable {
    private final DataFolder folder;
    private final UUID log;
    private final long recorded;
    private final long life = new SecureRandom().nextLong();
    private final DatagramChannel channel;
    private final ByteBuffer buffer = StandbyMessage.newBuffer();

    /**
     * @param recorded last sequence of the recording when this process began
     */
    public StandbyLink(
            final DataFolder folder, final InetSocketAddress address, final long recorded)
            throws IOException {
        this.recorded = recorded;
        this.folder = folder;
        this.log = folder.logId();
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
            final StandbyMessage message = StandbyMessage.parse(buffer);
            if (message != null && isOurs(message)) {
                take(message, ring, nowNs);
                new StandbyMessage(folder.epoch(), log, ring.sequence(), nowNs, life)
                        .send(channel, from, buffer);
                messages++;
            }
        }
        return messages;
    }

    private SocketAddress receive() throws IOException {
        buffer.clear();
        final SocketAddress from = channel.receive(buffer);
        buffer.flip();
        return from;
    }

    private boolean isOurs(final StandbyMessage message) {
        return message.log().equals(log) || message.log().equals(StandbyMessage.UNKNOWN);
    }

    private void take(final StandbyMessage message, final RingReader ring, final long nowNs)
            throws IOException {
        if (message.epoch() > folder.epoch()) {
            ring.leaseNs(0);
            folder.fence(message.epoch());
            folder.checkNotFenced();
        }
        if (message.log().equals(log) && message.epoch() == folder.epoch()) {
            checkNotAhead(message.sequence(), Math.max(recorded, ring.sequence()));
            ring.replicatedSequence(message.sequence());
            if (message.life() == life && message.clockNs() - nowNs <= 0) {
                ring.leaseNs(message.clockNs() + StandbyMessage.LEASE_NS);
            }
        }
    }

    /** It has nothing but what was recorded here, so what it has was here once. */
    private void checkNotAhead(final long theirs, final long ours) {
        if (theirs > ours) {
            throw new LogDamaged(
                    folder.path()
                            + " ends with sequence "
                            + ours
                            + ", and its standby holds "
                            + theirs,
                    "commands were lost here: promote the standby");
        }
    }

    @Override
    public void close() {
        CloseHelper.close(channel);
    }
}
