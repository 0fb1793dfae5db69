package io.spindle.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Whatever bytes arrive: nothing moves but counters. */
class MalformedInputTest {
    private static final List<byte[]> MESSAGES =
            List.of(
                    TradingMessages.enter(50, 'B', 10, 100_000),
                    TradingMessages.enter(50, 'B', 10, 100_000, new byte[] {2, 28, 7}),
                    TradingMessages.replace(1, 51, 5),
                    TradingMessages.cancel(1, 0),
                    TradingMessages.modify(1, 'B', 5),
                    TradingMessages.query());

    @TempDir Path folder;

    private TradingRig rig;
    private SimClient client;
    private long sequence;
    private long stateHash;
    private int reports;

    @BeforeEach
    void start() {
        rig = new TradingRig(folder);
        client = rig.client(0).login();
        client.enter('B', 100, "10.00");
        rig.run(3);
        sequence = rig.log.lastSequence();
        stateHash = rig.engine().stateHash();
        reports = client.events.size();
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private void assertNothingMoved(final LoopCounter counter, final long times) {
        rig.runFor(60_000_000);
        assertEquals(sequence, rig.log.lastSequence());
        assertEquals(stateHash, rig.engine().stateHash());
        assertEquals(reports, client.events.size());
        assertEquals(times, rig.counters.get(counter), counter.label);
    }

    @Test
    void shouldDropEveryTruncationOfEveryMessage() {
        int sent = 0;
        for (final byte[] message : MESSAGES) {
            for (int length = 0; length < message.length; length++) {
                if (!isShorterForm(message, length)) {
                    client.sendBlock('U', Arrays.copyOf(message, length));
                    rig.run(1);
                    sent++;
                }
            }
        }
        assertNothingMoved(LoopCounter.MALFORMED_MESSAGES, sent);
    }

    /** X, M and Q are complete without their appendage. */
    private static boolean isShorterForm(final byte[] message, final int length) {
        return length == 1 && message[0] == 'Q';
    }

    @Test
    void shouldDropMessagesThatAreTooLong() {
        for (final byte[] message : MESSAGES) {
            for (int extra = 1; extra < 8; extra++) {
                client.sendBlock('U', Arrays.copyOf(message, message.length + extra));
                rig.run(1);
            }
        }
        // Two zero bytes behind X, M and Q are a complete, empty appendage.
        final long emptyAppendages = 3;
        rig.runFor(60_000_000);
        assertEquals(
                MESSAGES.size() * 7 - emptyAppendages,
                rig.counters.get(LoopCounter.MALFORMED_MESSAGES));
    }

    @Test
    void shouldDropUnknownMessageTypes() {
        int sent = 0;
        for (int type = 0; type < 256; type++) {
            if ("OUXMCDEQ".indexOf(type) < 0) {
                final byte[] message = TradingMessages.enter(50, 'B', 10, 100_000);
                message[0] = (byte) type;
                client.sendBlock('U', message);
                rig.run(1);
                sent++;
            }
        }
        assertNothingMoved(LoopCounter.MALFORMED_MESSAGES, sent);
    }

    @Test
    void shouldDropDatagramsWithWrongBlockLengths() {
        final byte[] whole = new byte[3 + 47];
        whole[1] = 48;
        whole[2] = 'U';
        final byte[] enter = TradingMessages.enter(50, 'B', 10, 100_000);
        System.arraycopy(enter, 0, whole, 3, enter.length);
        int sent = 0;
        for (int length = 0; length <= 0xFFFF; length += 97) {
            if (length != 48) {
                final byte[] wrong = whole.clone();
                wrong[0] = (byte) (length >> 8);
                wrong[1] = (byte) length;
                client.send(new UnsafeBuffer(wrong), 0, wrong.length);
                rig.run(1);
                sent++;
            }
        }
        // A block that ends inside the datagram leaves bytes behind that are no block.
        assertNothingMoved(LoopCounter.MALFORMED_DATAGRAMS, sent);
    }

    @Test
    void shouldDropRandomDatagrams() {
        final Random random = new Random(20261120);
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1472]);
        for (int i = 0; i < 20_000; i++) {
            random.nextBytes(buffer.byteArray());
            client.send(buffer, 0, random.nextInt(1473));
            if (i % 32 == 0) {
                rig.run(1);
            }
        }
        rig.runFor(60_000_000);
        assertEquals(sequence, rig.log.lastSequence());
        assertEquals(stateHash, rig.engine().stateHash());
        assertTrue(rig.counters.get(LoopCounter.MALFORMED_DATAGRAMS) > 19_000);
    }

    @Test
    void shouldIgnoreUnknownBlocks() {
        for (final char type : "ABCDEFGHIJMNPQSVWXYZ".toCharArray()) {
            client.sendBlock(type, (byte) 1, (byte) 2);
            rig.run(1);
        }
        assertNothingMoved(LoopCounter.IGNORED_BLOCKS, 20);
    }

    @Test
    void shouldIgnoreSourcesThatAreNotLoggedIn() {
        final SimClient stranger = rig.client(9);
        for (final byte[] message : MESSAGES) {
            stranger.sendBlock('U', message);
            stranger.sendBlock('R');
            stranger.sendBlock('O');
            stranger.sendBlock('T', (byte) 0, (byte) 0, (byte) 0, (byte) 1, (byte) 0, (byte) 9);
            rig.run(1);
        }
        assertNothingMoved(LoopCounter.STRANGER_DATAGRAMS, MESSAGES.size() * 4L);
        assertEquals("", stranger.reports());
    }

    @Test
    void shouldNotHearALoggedOffSourceUntilItLogsInAgain() {
        client.session.logoff(rig.nowNs());
        rig.run(3);
        final long after = rig.log.lastSequence();
        client.sendBlock('U', TradingMessages.enter(2, 'B', 10, 100_000));
        rig.run(3);
        assertEquals(after, rig.log.lastSequence());
        client.login();
        assertTrue(rig.engine().sessions().isUp(0));
    }

    @Test
    void shouldDropWholeDatagramWhenItsLastBlockIsBroken() {
        final byte[] enter = TradingMessages.enter(2, 'B', 10, 100_000);
        final byte[] datagram = new byte[3 + enter.length + 2];
        datagram[1] = (byte) (1 + enter.length);
        datagram[2] = 'U';
        System.arraycopy(enter, 0, datagram, 3, enter.length);
        datagram[datagram.length - 1] = 9;
        client.send(new UnsafeBuffer(datagram), 0, datagram.length);
        assertNothingMoved(LoopCounter.MALFORMED_DATAGRAMS, 1);
    }
}
