package io.spindle.feed;

import static java.nio.ByteOrder.BIG_ENDIAN;

import io.spindle.codec.SessionId;
import io.spindle.oms.SessionTable;
import io.spindle.session.Blocks;
import io.spindle.session.LoginLimits;
import io.spindle.session.Packets;
import io.spindle.session.PasswordCheck;
import io.spindle.session.SessionDay;
import io.spindle.session.wire.EndOfSessionEncoder;
import io.spindle.session.wire.LoginAcceptedEncoder;
import io.spindle.session.wire.LoginDecoder;
import io.spindle.session.wire.LoginRejectedEncoder;
import io.spindle.session.wire.RetransmitRequestDecoder;
import io.spindle.session.wire.SequencedEncoder;

import org.agrona.concurrent.UnsafeBuffer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/**
 * The session layer of order entry, for streams that only go out: same login and credentials, same
 * packets, heartbeats and retransmission. A second login of a session takes it over. There is room
 * for {@value #MAX_CLIENTS} clients; a login beyond them waits, unanswered, until one goes.
 *
 * <p><i>Called from</i> the feed process's thread.
 */
final class StreamServer implements AutoCloseable {
    /** Gives a session its stream, from its beginning or from where it is now. */
    interface Opener {
        BlockSource open(int session);
    }

    static final int MAX_CLIENTS = 64;

    private static final int DATAGRAMS_PER_POLL = 64;
    private static final int NEW_PACKETS = 16;

    private final DatagramChannel channel;
    private final SessionTable sessions;
    private final SessionDay day;
    private final Opener opener;
    private final boolean fromStart;
    private final PasswordCheck passwords = new PasswordCheck(LoginDecoder.passwordLength());
    private final LoginLimits limits;
    private final Map<InetSocketAddress, StreamClient> clients = new HashMap<>();
    private final ByteBuffer in = ByteBuffer.allocateDirect(Packets.MAX_DATAGRAM_LENGTH + 1);
    private final UnsafeBuffer inView = new UnsafeBuffer(in);
    private final ByteBuffer out = ByteBuffer.allocateDirect(Packets.MAX_DATAGRAM_LENGTH);
    private final UnsafeBuffer outView = new UnsafeBuffer(out);
    private final LoginAcceptedEncoder accepted = new LoginAcceptedEncoder();
    private final LoginRejectedEncoder rejected = new LoginRejectedEncoder();
    private final SequencedEncoder sequenced = new SequencedEncoder();
    private final EndOfSessionEncoder ended = new EndOfSessionEncoder();
    private long turnedAway;
    private long unsent;

    /**
     * @param fromStart true to push a stream from its first message, a new one for each login,
     *     false to push what is new and leave the rest to be asked for
     */
    StreamServer(
            final InetSocketAddress address,
            final SessionTable sessions,
            final SessionDay day,
            final boolean fromStart,
            final Opener opener) {
        this.limits = new LoginLimits(sessions.capacity());
        this.sessions = sessions;
        this.day = day;
        this.fromStart = fromStart;
        this.opener = opener;
        try {
            channel = DatagramChannel.open();
            channel.bind(address);
            channel.configureBlocking(false);
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot listen on " + address, e);
        }
    }

    /** Hears and serves every client once. Returns the number of things done. */
    int poll(final long nowNs) {
        int work = 0;
        try {
            while (work < DATAGRAMS_PER_POLL) {
                in.clear();
                final InetSocketAddress from = (InetSocketAddress) channel.receive(in);
                if (from == null) {
                    break;
                }
                work++;
                onDatagram(from, in.position(), nowNs);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException("stream server", e);
        }
        for (final Iterator<StreamClient> each = clients.values().iterator(); each.hasNext(); ) {
            final StreamClient client = each.next();
            if (client.isSilent(nowNs)) {
                each.remove();
            } else {
                work += serve(client, nowNs);
            }
        }
        return work;
    }

    /** Tells every client where its stream ended, and forgets it; it may log in again. */
    void endDay() {
        for (final StreamClient client : clients.values()) {
            ended.wrap(outView, 0)
                    .packetType(Packets.END_OF_SESSION)
                    .total(client.source.nextSequence() - 1);
            send(client.address, EndOfSessionEncoder.BLOCK_LENGTH);
        }
        clients.clear();
    }

    /** Good logins that were not answered for want of room. */
    long turnedAway() {
        return turnedAway;
    }

    /** Datagrams that the network refused. */
    long unsent() {
        return unsent;
    }

    InetSocketAddress address() {
        try {
            return (InetSocketAddress) channel.getLocalAddress();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int clients() {
        return clients.size();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void onDatagram(final InetSocketAddress from, final int length, final long nowNs) {
        if (!Blocks.areWhole(inView, 0, length)) {
            return;
        }
        for (int block = 0; block < length; block = Blocks.next(inView, block)) {
            final StreamClient client = clients.get(from);
            if (client != null) {
                client.heard(nowNs);
            }
            switch (Blocks.type(inView, block)) {
                case Packets.LOGIN -> onLogin(from, block, nowNs);
                case Packets.RETRANSMIT -> onRetransmit(client, block);
                case Packets.LOGOFF -> clients.remove(from);
                default -> {}
            }
        }
    }

    private void onLogin(final InetSocketAddress from, final int block, final long nowNs) {
        final int session = sessions.find(Blocks.username(inView, block));
        final int lastAddress = session == SessionTable.NONE ? 0 : sessions.address(session);
        if (!limits.mayCheck(address(from), from.getPort(), session, lastAddress, nowNs)) {
            return;
        }
        final int password = block + LoginDecoder.passwordEncodingOffset();
        if (!passwords.matches(
                sessions, session, inView, password, LoginDecoder.passwordLength())) {
            reject(from, Packets.NOT_AUTHORISED, nowNs);
        } else if (!day.isMeant(inView, block + LoginDecoder.sessionIdEncodingOffset())) {
            reject(from, Packets.NO_SUCH_SESSION, nowNs);
        } else {
            accept(from, session, nowNs);
        }
    }

    /**
     * While its stream from the start is still on its way, a client's login is taken for the one
     * that began it, sent again; so nobody has streams made faster than they are read.
     */
    private void accept(final InetSocketAddress from, final int session, final long nowNs) {
        StreamClient client = clients.get(from);
        if (client == null || client.session != session || fromStart && !client.hasNew()) {
            clients.values().removeIf(other -> other.session == session);
            clients.remove(from);
            if (clients.size() == MAX_CLIENTS) {
                turnedAway++;
                return;
            }
            final BlockSource source = opener.open(session);
            final long first = fromStart ? 1 : source.nextSequence();
            client = new StreamClient(from, session, source, first, nowNs);
            clients.put(from, client);
        }
        accepted.wrap(outView, 0)
                .packetType(Packets.LOGIN_ACCEPTED)
                .nextSequence(fromStart ? 1 : client.next());
        SessionId.put(
                outView, LoginAcceptedEncoder.sessionIdEncodingOffset(), day.head(), day.tail());
        send(from, LoginAcceptedEncoder.BLOCK_LENGTH);
    }

    private void reject(final InetSocketAddress to, final byte reason, final long nowNs) {
        if (limits.failed(address(to), to.getPort(), nowNs)) {
            rejected.wrap(outView, 0).packetType(Packets.LOGIN_REJECTED).reason(reason);
            send(to, LoginRejectedEncoder.BLOCK_LENGTH);
        }
    }

    /** The IPv4 address, or the end of an IPv6 one. */
    private static int address(final InetSocketAddress from) {
        final byte[] bytes = from.getAddress().getAddress();
        return ByteBuffer.wrap(bytes).getInt(bytes.length - Integer.BYTES);
    }

    private void onRetransmit(final StreamClient client, final int block) {
        if (client != null) {
            final int first = block + RetransmitRequestDecoder.firstSequenceEncodingOffset();
            final int count = block + RetransmitRequestDecoder.countEncodingOffset();
            client.again(
                    inView.getInt(first, BIG_ENDIAN) & 0xFFFF_FFFFL,
                    inView.getShort(count, BIG_ENDIAN) & 0xFFFF);
        }
    }

    private int serve(final StreamClient client, final long nowNs) {
        int packets = 0;
        while (client.hasNew() && packets < NEW_PACKETS) {
            client.sentNew(sendMessages(client, client.next(), 0xFFFF), nowNs);
            packets++;
        }
        if (client.wantsAgain()) {
            client.sentAgain(sendMessages(client, client.againNext(), client.againCount()), nowNs);
            packets++;
        }
        if (packets == 0 && client.isBeatDue(nowNs)) {
            sendMessages(client, client.next(), 0);
            client.beaten(nowNs);
        }
        return packets;
    }

    /** Returns the number of messages sent; asked for none, it sends a heartbeat. */
    private int sendMessages(final StreamClient client, final long sequence, final int maxCount) {
        out.clear().position(SequencedEncoder.BLOCK_LENGTH);
        final int count = client.source.read(sequence, maxCount, out);
        sequenced.wrap(outView, 0).packetType(Packets.SEQUENCED).sequence(sequence).count(count);
        send(client.address, out.position());
        return count;
    }

    private void send(final InetSocketAddress to, final int length) {
        try {
            channel.send(out.clear().limit(length), to);
        } catch (final IOException unreachable) {
            unsent++; // like a lost datagram: the client asks again, or falls silent
        }
    }
}
