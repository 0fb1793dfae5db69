package io.spindle.feed;

import io.spindle.codec.itch.MoldPacket;

import org.agrona.concurrent.UnsafeBuffer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;

/**
 * MoldUDP64 re-request server: a 20-byte request comes in, an ordinary packet goes back to where it
 * came from, with as many of the messages as fit one datagram. The client asks again for the rest.
 *
 * <p>The replica may be a moment behind what the lines have sent. A request beyond its head waits
 * up to {@link #PATIENCE_NS} for it. Whatever else is wrong with a request, there is no answer:
 * wrong length, unknown session, sequence 0, no messages wanted, too many requests.
 *
 * <p><i>Called from</i> the feed process's thread.
 */
final class RerequestServer implements AutoCloseable {
    static final long PATIENCE_NS = 50_000_000L;
    static final int MAX_PARKED = 1_024;
    static final int REQUESTS_PER_SECOND = 20_000;
    static final int REQUEST_BURST = 4_000;

    private static final int REQUESTS_PER_POLL = 64;

    private record Request(
            InetSocketAddress client, long head, short tail, long sequence, int count) {}

    private record Parked(Request request, long deadlineNs) {}

    private final DatagramChannel channel;
    private final DayFiles days;
    private final RequestBudget budget = new RequestBudget(REQUESTS_PER_SECOND, REQUEST_BURST);
    private final Queue<Parked> parked = new ArrayDeque<>();
    private final ByteBuffer received = ByteBuffer.allocateDirect(MoldPacket.HEADER_LENGTH + 1);
    private final UnsafeBuffer receivedView = new UnsafeBuffer(received);
    private final ByteBuffer reply = ByteBuffer.allocateDirect(MoldPacket.MAX_LENGTH);
    private final UnsafeBuffer replyView = new UnsafeBuffer(reply);

    private long served;
    private long refused;

    RerequestServer(final InetSocketAddress address, final DayFiles days) {
        this.days = days;
        try {
            channel = DatagramChannel.open();
            channel.bind(address);
            channel.configureBlocking(false);
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot listen on " + address, e);
        }
    }

    /** Serves what has come in. Returns the number of requests looked at. */
    int poll(final long nowNs) {
        int requests = servePatiently(nowNs);
        try {
            while (requests < REQUESTS_PER_POLL) {
                received.clear();
                final InetSocketAddress client = (InetSocketAddress) channel.receive(received);
                if (client == null) {
                    break;
                }
                requests++;
                onRequest(client, nowNs);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException("re-request server", e);
        }
        return requests;
    }

    /** Requests answered. */
    long served() {
        return served;
    }

    /** Requests dropped without an answer. */
    long refused() {
        return refused;
    }

    InetSocketAddress address() {
        try {
            return (InetSocketAddress) channel.getLocalAddress();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void onRequest(final InetSocketAddress client, final long nowNs) {
        if (received.position() != MoldPacket.HEADER_LENGTH) {
            refused++;
            return;
        }
        final Request request =
                new Request(
                        client,
                        MoldPacket.sessionHead(receivedView, 0),
                        MoldPacket.sessionTail(receivedView, 0),
                        MoldPacket.sequence(receivedView, 0),
                        MoldPacket.count(receivedView, 0));
        final DayFile day = days.find(request.head, request.tail);
        if (day == null
                || request.sequence <= 0
                || request.count == 0
                || !budget.spend(client.getAddress(), nowNs)) {
            refused++;
        } else if (request.sequence < day.nextSequence()) {
            answer(request, day);
        } else if (parked.size() < MAX_PARKED) {
            parked.add(new Parked(request, nowNs + PATIENCE_NS));
        } else {
            refused++;
        }
    }

    private int servePatiently(final long nowNs) {
        int answered = 0;
        for (final Iterator<Parked> waiting = parked.iterator(); waiting.hasNext(); ) {
            final Parked next = waiting.next();
            final DayFile day = days.find(next.request.head, next.request.tail);
            if (day != null && next.request.sequence < day.nextSequence()) {
                waiting.remove();
                answer(next.request, day);
                answered++;
            } else if (next.deadlineNs - nowNs <= 0) {
                waiting.remove();
                refused++;
            }
        }
        return answered;
    }

    private void answer(final Request request, final DayFile day) {
        reply.clear().position(MoldPacket.HEADER_LENGTH);
        final int count = day.read(request.sequence, request.count, reply);
        MoldPacket.encodeHeader(replyView, 0, request.head, request.tail, request.sequence, count);
        try {
            channel.send(reply.flip(), request.client);
            served++;
        } catch (final IOException unreachable) {
            // A source address that nobody can answer, port 0 for instance, is the client's doing.
            refused++;
        }
    }
}
