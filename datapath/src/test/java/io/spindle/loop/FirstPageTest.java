package io.spindle.loop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Does what the first page tells a firm's developer to do, with the page's own bytes. */
class FirstPageTest {
    private static final Path PAGE =
            Path.of(System.getProperty("spindle.root", ".."), "docs", "protocol", "README.md");
    private static final Pattern EXAMPLE =
            Pattern.compile("```hex \\w+ (\\w+)\\n([0-9A-Fa-f \\n]+)```");
    private static final Pattern HEARTBEAT = Pattern.compile("every second, `([0-9A-F ]+)`");
    private static final int TIMESTAMP = 1;
    private static final int REFERENCE = 36;

    @TempDir Path folder;

    private final Map<String, byte[]> examples = new LinkedHashMap<>();
    private byte[] heartbeat;
    private TradingRig rig;
    private SimClient client;

    @BeforeEach
    void read() throws IOException {
        final String page = Files.readString(PAGE);
        final Matcher example = EXAMPLE.matcher(page);
        while (example.find()) {
            examples.put(example.group(1), bytes(example.group(2)));
        }
        final Matcher beat = HEARTBEAT.matcher(page);
        assertTrue(beat.find());
        heartbeat = bytes(beat.group(1));
        rig = new TradingRig(folder);
        client = rig.client(0);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private static byte[] bytes(final String hex) {
        return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
    }

    private void send(final byte[] datagram) {
        client.send(new UnsafeBuffer(datagram), 0, datagram.length);
        rig.run(3);
    }

    private void sendMessage(final String name) {
        client.sendBlock('U', examples.get(name));
        rig.run(3);
    }

    /** The only report of the packet heard last, with its own time and order reference put in. */
    private byte[] report(final long sequence) {
        final byte[] packet = client.datagrams.getLast();
        final UnsafeBuffer view = new UnsafeBuffer(packet);
        assertEquals('S', packet[0]);
        assertEquals(sequence, view.getInt(1, ByteOrder.BIG_ENDIAN));
        assertEquals(1, view.getShort(5, ByteOrder.BIG_ENDIAN));
        return Arrays.copyOfRange(packet, 9, packet.length);
    }

    private static byte[] like(final byte[] example, final byte[] actual, final boolean reference) {
        final byte[] expected = example.clone();
        System.arraycopy(actual, TIMESTAMP, expected, TIMESTAMP, Long.BYTES);
        if (reference) {
            System.arraycopy(actual, REFERENCE, expected, REFERENCE, Long.BYTES);
        }
        return expected;
    }

    @Test
    void shouldDoWhatThePageSays() {
        send(examples.get("Login"));
        assertArrayEquals(examples.get("LoginAccepted"), client.datagrams.getFirst());

        sendMessage("Enter");
        final byte[] accepted = report(1);
        assertArrayEquals(like(examples.get("Accepted"), accepted, true), accepted);
        final int heard = client.datagrams.size();
        sendMessage("Enter");
        assertEquals(heard, client.datagrams.size(), "the very same bytes again");

        final SimClient other = rig.client(1).login();
        other.enter('S', 60, "10.00", '3');
        rig.run(3);
        final byte[] executed = report(2);
        assertArrayEquals(like(examples.get("Executed"), executed, false), executed);

        send(examples.get("RetransmitRequest"));
        assertArrayEquals(bytes("53 00000003 0000"), client.datagrams.getLast());

        sendMessage("Cancel");
        final byte[] canceled = report(3);
        assertEquals('C', canceled[0]);
        assertEquals(40, new UnsafeBuffer(canceled).getInt(13, ByteOrder.BIG_ENDIAN));
        assertEquals(7, examples.size(), "another example needs another step here");
    }

    @Test
    void shouldStayLoggedInByHeartbeatsAndNotWithoutThem() {
        send(examples.get("Login"));
        for (int second = 0; second < 5; second++) {
            send(heartbeat);
            rig.runServer(1_000_000_000L, 10_000_000L);
        }
        assertTrue(rig.engine().sessions().isUp(0));
        rig.runServer(3_000_000_000L, 10_000_000L);
        assertFalse(rig.engine().sessions().isUp(0));
    }
}
