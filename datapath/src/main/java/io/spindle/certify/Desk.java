package io.spindle.certify;

import static java.nio.ByteOrder.BIG_ENDIAN;

import io.spindle.client.ClientListener;
import io.spindle.client.ClientSession;
import io.spindle.client.UdpWire;
import io.spindle.codec.ouch.MessageType;
import io.spindle.codec.ouch.wire.AcceptedDecoder;
import io.spindle.codec.ouch.wire.QueryAnswerDecoder;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A session whose every report is kept as bytes, for scripts that must see exactly what a server
 * says, and may send it anything.
 */
final class Desk implements ClientListener, AutoCloseable {
    private static final int DATAGRAMS = 64;
    private static final long PAUSE_NS = 200_000;
    private static final long PATIENCE_NS = 2_000_000_000L;

    /** Long enough for an answer that must not come. */
    private static final long QUIET_NS = 300_000_000L;

    private final List<byte[]> reports = new ArrayList<>();
    private final UdpWire wire;
    private final ClientSession session;
    private String sessionId = "";
    private char refusal;
    private long datagrams;
    private long logins;

    Desk(final InetSocketAddress server, final String name, final String password)
            throws IOException {
        wire = new UdpWire(server);
        session = new ClientSession(name, password, wire, this);
    }

    /** Logs in, or is refused; true when there was an answer. */
    boolean login(final boolean fromStart) {
        refusal = 0;
        final long before = logins;
        if (fromStart) {
            session.resumeAt(1);
        } else {
            session.resumeAtLogin();
        }
        session.login(System.nanoTime());
        return await(() -> logins > before || refusal != 0);
    }

    /** Logs in again where it is, losing nothing. */
    boolean loginAgain() {
        final long before = logins;
        session.login(System.nanoTime());
        return await(() -> logins > before);
    }

    void logoff() {
        session.logoff(System.nanoTime());
    }

    String sessionId() {
        return sessionId;
    }

    /** Reason of the last refused login, 0 when it was not refused. */
    char refusal() {
        return refusal;
    }

    /** Datagrams heard so far. */
    long datagrams() {
        return datagrams;
    }

    /** Reports heard so far, in sequence. */
    List<byte[]> reports() {
        return reports;
    }

    boolean isCaughtUp() {
        return session.isCaughtUp();
    }

    /** Sends messages in one datagram. */
    void send(final byte[]... messages) {
        for (final byte[] message : messages) {
            session.pack(new UnsafeBuffer(message), 0, message.length, System.nanoTime());
        }
        session.flush(System.nanoTime());
    }

    /** Sends bytes as they are. */
    void sendRaw(final byte[] datagram) {
        wire.send(new UnsafeBuffer(datagram), 0, datagram.length);
    }

    /** Next number of series 0, as the server says; 0 without an answer. */
    long queryNextNumber() {
        final int before = reports.size();
        send(new byte[] {MessageType.QUERY});
        return await(() -> reports.size() > before && type(reports.getLast()) == 'Q')
                ? number(reports.getLast(), QueryAnswerDecoder.nextUserRefNumEncodingOffset())
                : 0;
    }

    /** Waits until so many reports came; what came since {@code before}, a letter each. */
    String answers(final int before, final int count) {
        await(() -> reports.size() >= before + count);
        final StringBuilder types = new StringBuilder();
        reports.subList(before, reports.size()).forEach(report -> types.append(type(report)));
        return types.toString();
    }

    /** What came since {@code before} once nothing more does. */
    String answersInAll(final int before) {
        serve(() -> false, QUIET_NS);
        return answers(before, 0);
    }

    boolean await(final BooleanSupplier done) {
        return serve(done, PATIENCE_NS);
    }

    /** Serves the wire until the condition holds; true if it does in time. */
    boolean serve(final BooleanSupplier done, final long durationNs) {
        final long startNs = System.nanoTime();
        while (!done.getAsBoolean()) {
            final long nowNs = System.nanoTime();
            if (nowNs - startNs > durationNs) {
                return false;
            }
            final int count =
                    wire.poll(
                            (buffer, offset, length) -> {
                                datagrams++;
                                session.onDatagram(buffer, offset, length, nowNs);
                            },
                            DATAGRAMS);
            session.poll(nowNs);
            if (count == 0) {
                LockSupport.parkNanos(PAUSE_NS);
            }
        }
        return true;
    }

    static char type(final byte[] report) {
        return (char) report[0];
    }

    /** UserRefNum of a report that has one, where nearly all have it. */
    static long number(final byte[] report) {
        return number(report, AcceptedDecoder.userRefNumEncodingOffset());
    }

    static long number(final byte[] report, final int offset) {
        return new UnsafeBuffer(report).getInt(offset, BIG_ENDIAN) & 0xFFFF_FFFFL;
    }

    @Override
    public void onLoggedIn(final String id, final long nextSequence) {
        sessionId = id;
        logins++;
    }

    @Override
    public void onLoginRejected(final char reason) {
        refusal = reason;
    }

    @Override
    public void onReport(
            final long sequence, final DirectBuffer buffer, final int offset, final int length) {
        final byte[] report = new byte[length];
        buffer.getBytes(offset, report);
        reports.add(report);
    }

    @Override
    public void onEndOfSession(final long total) {
        sessionId = "";
    }

    @Override
    public void close() throws IOException {
        wire.close();
    }
}
