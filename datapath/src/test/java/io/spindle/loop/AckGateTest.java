package io.spindle.loop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;

/** What waits until a command is as safe as the operator chose, and what does not. */
class AckGateTest {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final byte[] HEARTBEAT = HexFormat.of().parseHex("53000000010000");

    @TempDir Path folder;

    @Test
    void shouldSendHeartbeatsWhileReportsWait() {
        try (TradingRig rig = TradingRig.synced(folder)) {
            final SimClient client = rig.client(0).login();
            rig.recording(false);
            client.enter('B', 100, "10.00");
            rig.run(3);
            assertEquals(1, rig.engine().orders().open());
            final int before = client.datagrams.size();
            rig.runFor(SECOND_NS);
            final List<byte[]> heard = client.datagrams.subList(before, client.datagrams.size());
            assertFalse(heard.isEmpty(), "no heartbeat");
            heard.forEach(datagram -> assertArrayEquals(HEARTBEAT, datagram));

            rig.recording(true);
            rig.run(5);
            assertTrue(client.reports().endsWith(";A"), client.reports());
        }
    }
}
