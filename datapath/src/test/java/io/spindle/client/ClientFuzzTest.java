package io.spindle.client;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The reference client hears datagrams from anybody who can spoof its server: whatever they are, it
 * goes on. An input is a run of {u16 length, datagram}, to a session that is logging in, is up, and
 * has an order of every kind open.
 */
class ClientFuzzTest {
    /** A script takes microseconds; what a server can make last, it can make last for ever. */
    private static final long LONGEST_NS = 1_000_000_000L;

    private static final byte[] ACCEPTED = "ASP26112001\0\0\0\1".getBytes();

    @FuzzTest(maxDuration = "5m")
    void shouldSurviveWhateverAServerSends(final byte[] script) {
        final ReportText text = new ReportText();
        final OrderDesk[] desk = new OrderDesk[1];
        final ClientListener listener =
                new ClientListener() {
                    @Override
                    public void onLoggedIn(final String sessionId, final long nextSequence) {}

                    @Override
                    public void onLoginRejected(final char reason) {}

                    @Override
                    public void onReport(
                            final long sequence,
                            final DirectBuffer buffer,
                            final int offset,
                            final int length) {
                        text.of(buffer, offset, length);
                        desk[0].onReport(buffer, offset, length, sequence);
                    }

                    @Override
                    public void onEndOfSession(final long total) {}
                };
        final ClientSession session =
                new ClientSession("TEST00", "spindle", (buffer, offset, length) -> {}, listener);
        desk[0] = new OrderDesk(session, order -> {});
        session.login(0);
        final UnsafeBuffer accepted = new UnsafeBuffer(ACCEPTED);
        session.onDatagram(accepted, 0, ACCEPTED.length, 1);
        desk[0].enter('B', "SPDL", 100, 100_000, '0', "", 2);
        desk[0].enter('S', "SPDL", 100, 100_000, '3', "", 2);
        final long beganNs = System.nanoTime();
        play(session, desk[0], script);
        assertTrue(System.nanoTime() - beganNs < LONGEST_NS, "a server kept the client busy");
    }

    private static void play(
            final ClientSession session, final OrderDesk desk, final byte[] script) {
        final UnsafeBuffer buffer = new UnsafeBuffer(script);
        long nowNs = 3;
        for (int at = 0; at + 2 <= script.length; ) {
            final int wanted = (script[at] & 0xFF) << 8 | script[at + 1] & 0xFF;
            at += 2;
            final int length = Math.min(wanted, script.length - at);
            session.onDatagram(buffer, at, length, nowNs);
            at += length;
            nowNs += 15_000_000;
            session.poll(nowNs);
            desk.poll(nowNs);
        }
    }
}
