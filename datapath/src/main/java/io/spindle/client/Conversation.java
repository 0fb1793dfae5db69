package io.spindle.client;

import io.spindle.net.Ports;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.SystemEpochNanoClock;

import picocli.CommandLine.Option;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** A person's session from a terminal: options, login, and waiting for answers. */
final class Conversation implements ClientListener {
    private static final long POLL_NS = 200_000;
    private static final int DATAGRAMS_PER_POLL = 64;
    private static final long PATIENCE_NS = 5_000_000_000L;

    @Option(
            names = "--session",
            paramLabel = "NAME",
            defaultValue = "TEST00",
            description = "Session to log in as (default: ${DEFAULT-VALUE}).")
    private String name;

    @Option(
            names = "--password",
            paramLabel = "TEXT",
            defaultValue = "spindle",
            description = "Its password (default: the sample market's).")
    private String password;

    @Option(
            names = "--key",
            paramLabel = "HEX",
            description = "Its key, 32 digits, when its datagrams carry tokens (default: none).")
    private String key;

    @Option(
            names = "--host",
            paramLabel = "HOST",
            defaultValue = "127.0.0.1",
            description = "Where the appliance is (default: ${DEFAULT-VALUE}).")
    private String host;

    @Option(
            names = "--port-base",
            paramLabel = "N",
            defaultValue = "" + Ports.DEFAULT_BASE,
            description = "Its first UDP port, order entry (default: ${DEFAULT-VALUE}).")
    private int portBase;

    private final ReportText text = new ReportText();
    private Consumer<String> out;
    private UdpWire wire;
    private ClientSession session;
    private OrderDesk desk;
    private String failure = "";

    /** Logs in; reports go to {@code lines} from now on. */
    void open(final boolean fromStart, final Consumer<String> lines) throws IOException {
        out = lines;
        wire = new UdpWire(new InetSocketAddress(host, portBase));
        session = new ClientSession(name, password, wire, this);
        if (key != null) {
            final long epochOffsetNs = new SystemEpochNanoClock().nanoTime() - System.nanoTime();
            session.token(new ClientToken(HexFormat.of().parseHex(key), epochOffsetNs));
        }
        desk = new OrderDesk(session, order -> {});
        if (!fromStart) {
            session.resumeAtLogin();
        }
        session.login(System.nanoTime());
        await(
                () -> session.isUp() || !failure.isEmpty(),
                "no answer from " + host + ":" + portBase);
        if (!failure.isEmpty()) {
            throw new IllegalStateException(failure);
        }
    }

    OrderDesk desk() {
        return desk;
    }

    /** Sends one message; if it is lost the person will see no answer and repeat it. */
    void send(final DirectBuffer message, final int length) {
        session.pack(message, 0, length, System.nanoTime());
        session.flush(System.nanoTime());
    }

    /** Learns the next number, for a client that kept nothing from before. */
    void learnNumber() {
        desk.queryNextNumber(System.nanoTime());
        await(desk::isNumberKnown, "no answer to the query for the next number");
    }

    /** Serves the wire until the condition holds. */
    void await(final BooleanSupplier done, final String complaint) {
        if (!serve(done, PATIENCE_NS)) {
            throw new IllegalStateException(complaint + " within 5 s; is the appliance running?");
        }
    }

    /** Serves the wire until the condition holds or the time is up; true if it holds. */
    boolean serve(final BooleanSupplier done, final long durationNs) {
        final long startNs = System.nanoTime();
        while (!done.getAsBoolean()) {
            final long nowNs = System.nanoTime();
            if (nowNs - startNs > durationNs || Thread.interrupted()) {
                return false;
            }
            if (wire.poll((b, o, n) -> session.onDatagram(b, o, n, nowNs), DATAGRAMS_PER_POLL)
                    == 0) {
                LockSupport.parkNanos(POLL_NS);
            }
            session.poll(nowNs);
            desk.poll(nowNs);
        }
        return true;
    }

    /** Ends the session in order. */
    void close() throws IOException {
        session.logoff(System.nanoTime());
        wire.close();
    }

    @Override
    public void onLoggedIn(final String sessionId, final long nextSequence) {
        out.accept("logged in  %s, session %s".formatted(name, sessionId));
    }

    @Override
    public void onLoginRejected(final char reason) {
        failure =
                reason == 'A'
                        ? "login refused: unknown session or wrong password"
                        : "login refused: no such session id";
    }

    @Override
    public void onReport(
            final long sequence, final DirectBuffer buffer, final int offset, final int length) {
        if (buffer.getByte(offset) != 'Q') {
            out.accept(text.of(buffer, offset, length));
        }
        desk.onReport(buffer, offset, length, System.nanoTime());
    }

    @Override
    public void onEndOfSession(final long total) {
        out.accept("end of session after %,d reports".formatted(total));
    }
}
