package io.spindle.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.spindle.codec.SessionId;
import io.spindle.codec.itch.MessageRing;
import io.spindle.codec.itch.MoldPacket;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

class RerequestServerTest {
    private static final long HEAD = SessionId.head(20261120);
    private static final short TAIL = SessionId.tail(0);
    private static final int TRIES = 2_000;

    @TempDir Path folder;

    private final MessageRing ring = new MessageRing(1 << 16, 1_024);
    private DayFiles days;
    private DayFile day;
    private RerequestServer server;
    private DatagramChannel client;
    private long nowNs = -7;

    @BeforeEach
    void open() throws IOException {
        days = new DayFiles(folder);
        day = days.start(HEAD, TAIL);
        server =
                new RerequestServer(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), days);
        client = DatagramChannel.open();
        client.connect(server.address());
        client.configureBlocking(false);
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        server.close();
        days.close();
    }

    @Test
    void shouldAnswerWithAPacketThatStartsAtTheWantedSequence() throws IOException {
        append(10);

        final UnsafeBuffer reply = ask(HEAD, TAIL, 4, 3);

        assertEquals(HEAD, MoldPacket.sessionHead(reply, 0));
        assertEquals(TAIL, MoldPacket.sessionTail(reply, 0));
        assertEquals(4, MoldPacket.sequence(reply, 0));
        assertEquals(3, MoldPacket.count(reply, 0));
        assertEquals(MoldPacket.HEADER_LENGTH + 3 * 102, reply.capacity());
    }

    @Test
    void shouldAnswerWithNoMoreThanOneDatagramHolds() throws IOException {
        append(100);

        final UnsafeBuffer reply = ask(HEAD, TAIL, 1, 0xFFFF);

        assertEquals(14, MoldPacket.count(reply, 0));
        assertEquals(MoldPacket.HEADER_LENGTH + 14 * 102, reply.capacity());
    }

    @Test
    void shouldNotAnswerWhatMakesNoSense() throws IOException {
        append(10);

        assertNull(ask(SessionId.head(20261119), TAIL, 1, 1));
        assertNull(ask(HEAD, SessionId.tail(9), 1, 1));
        assertNull(ask(HEAD, TAIL, 0, 1));
        assertNull(ask(HEAD, TAIL, -1, 1));
        assertNull(ask(HEAD, TAIL, 1, 0));
        assertEquals(5, server.refused());
    }

    @Test
    void shouldNotAnswerRequestsOfAnotherLength() throws IOException {
        append(1);
        for (final int length : new int[] {1, 19, 21, 1_400}) {
            client.write(ByteBuffer.allocate(length));
            awaitRequests(1);
        }

        assertEquals(4, server.refused());
        assertNull(receive());
    }

    @Test
    void shouldWaitForAMessageThatIsAboutToCome() throws IOException {
        assertNull(ask(HEAD, TAIL, 1, 1));
        append(1);
        nowNs += RerequestServer.PATIENCE_NS - 1;
        server.poll(nowNs);

        assertEquals(1, MoldPacket.sequence(await(), 0));
    }

    @Test
    void shouldGiveUpWaitingAfterFiftyMilliseconds() throws IOException {
        assertNull(ask(HEAD, TAIL, 1, 1));
        nowNs += RerequestServer.PATIENCE_NS;
        server.poll(nowNs);
        append(1);
        server.poll(nowNs);

        assertNull(receive());
        assertEquals(1, server.refused());
    }

    @Test
    void shouldStillServeTheSessionBeforeThisOne() throws IOException {
        append(10);
        days.start(SessionId.head(20261121), TAIL);

        assertEquals(2, MoldPacket.count(ask(HEAD, TAIL, 9, 100), 0));
    }

    @Test
    void shouldForgetTheSessionBeforeThat() throws IOException {
        append(10);
        days.start(SessionId.head(20261121), TAIL);
        days.start(SessionId.head(20261122), TAIL);

        assertNull(ask(HEAD, TAIL, 9, 100));
    }

    @Test
    void shouldStopAnsweringWhoAsksTooOften() throws IOException {
        append(1);
        for (int i = 0; i < RerequestServer.REQUEST_BURST; i++) {
            ask(HEAD, TAIL, 1, 1);
        }

        assertNull(ask(HEAD, TAIL, 1, 1));
        assertEquals(RerequestServer.REQUEST_BURST, server.served());
    }

    private void append(final int count) {
        for (int i = 0; i < count; i++) {
            ring.claim(100);
            day.append(ring, ring.commit(100));
        }
    }

    /** Sends a request, lets the server see it and returns what came back at once, or null. */
    private UnsafeBuffer ask(
            final long head, final short tail, final long sequence, final int count)
            throws IOException {
        final ByteBuffer request = ByteBuffer.allocate(MoldPacket.HEADER_LENGTH);
        MoldPacket.encodeHeader(new UnsafeBuffer(request), 0, head, tail, sequence, count);
        final long servedBefore = server.served();
        client.write(request);
        awaitRequests(1);
        return server.served() > servedBefore ? await() : null;
    }

    private void awaitRequests(final int count) {
        int seen = 0;
        for (int i = 0; i < TRIES && seen < count; i++) {
            seen += server.poll(nowNs);
            if (seen < count) {
                LockSupport.parkNanos(100_000);
            }
        }
        assertEquals(count, seen);
    }

    private UnsafeBuffer await() throws IOException {
        UnsafeBuffer packet = receive();
        for (int i = 0; i < TRIES && packet == null; i++) {
            LockSupport.parkNanos(100_000);
            packet = receive();
        }
        return packet;
    }

    private UnsafeBuffer receive() throws IOException {
        final ByteBuffer packet = ByteBuffer.allocate(2_000);
        final int length = client.read(packet);
        return length <= 0 ? null : new UnsafeBuffer(packet, 0, length);
    }
}
