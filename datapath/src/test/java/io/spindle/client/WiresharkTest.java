package io.spindle.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.testing.Needed;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The Wireshark dissector shows order entry, and marks what is broken. */
@Timeout(180)
class WiresharkTest {
    private static final Path DISSECTOR =
            Path.of(System.getProperty("spindle.root", ".."))
                    .resolve("datapath/clients/wireshark/spindle.lua");

    private static final int SERVER = 26400;
    private static final int CLIENT = 40_000;
    private static final String BLANK_ID = "20".repeat(14);
    private static final String ENTER =
            "4F00000001420000006453"
                    + "50444C2020202000000000000186A03059504E4E"
                    + BLANK_ID
                    + "0000";
    private static final String ACCEPTED =
            "4100001F1F5B6E8000000000014200000064"
                    + "5350444C2020202000000000000186A03059"
                    + "0000000000000011504E4E4C"
                    + BLANK_ID
                    + "0000";
    private static final String CANCELED = "4300001F1F5B6E8000000000010000006455" + "0003021C07";

    @TempDir Path folder;

    private final ByteBuffer capture = ByteBuffer.allocate(8192).order(ByteOrder.LITTLE_ENDIAN);

    private void packet(final int from, final int to, final String hex) {
        final byte[] payload = HexFormat.of().parseHex(hex);
        final int frame = 42 + payload.length;
        capture.putInt(0).putInt(0).putInt(frame).putInt(frame);
        capture.order(ByteOrder.BIG_ENDIAN);
        capture.put(new byte[12]).putShort((short) 0x0800);
        capture.putShort((short) 0x4500).putShort((short) (28 + payload.length)).putInt(0);
        capture.putInt(0x4011_0000).putInt(0x7F000001).putInt(0x7F000001);
        capture.putShort((short) from).putShort((short) to);
        capture.putShort((short) (8 + payload.length)).putShort((short) 0).put(payload);
        capture.order(ByteOrder.LITTLE_ENDIAN);
    }

    @Test
    void shouldShowBothDirectionsAndMarkWhatIsBroken() throws Exception {
        Needed.programs("tshark");
        capture.putInt(0xA1B2C3D4).putShort((short) 2).putShort((short) 4);
        capture.putInt(0).putInt(0).putInt(65_535).putInt(1);
        packet(
                CLIENT,
                SERVER,
                "001B4C" + "544553543030" + "7370696E646C65202020" + "20".repeat(10));
        packet(SERVER, CLIENT, "41" + "53503236313132303031" + "00000001");
        packet(CLIENT, SERVER, "003055" + ENTER + "000152");
        packet(SERVER, CLIENT, "53000000010002" + "0040" + ACCEPTED + "0017" + CANCELED);
        packet(CLIENT, SERVER, "000754000000050002");
        packet(SERVER, CLIENT, "50" + "00000064" + "0000000A" + "52");
        packet(CLIENT, SERVER, "000152" + "00114B" + "00".repeat(16));
        packet(SERVER, CLIENT, "53" + "00000007" + "0000" + "00".repeat(8));
        packet(CLIENT, SERVER, "00FF55");
        assertEquals(
                List.of(
                        "SPINDLE|Login||",
                        "SPINDLE|LoginAccepted||",
                        "SPINDLE|Enter, Heartbeat|1|",
                        "SPINDLE|Sequenced, Accepted, Canceled|1,1|",
                        "SPINDLE|Retransmit||",
                        "SPINDLE|Throttle||",
                        "SPINDLE|Heartbeat, Token||",
                        "SPINDLE|Sequenced||",
                        "SPINDLE|||1"),
                dissect());
    }

    private List<String> dissect() throws Exception {
        final Path file = folder.resolve("order-entry.pcap");
        Files.write(file, Arrays.copyOf(capture.array(), capture.position()));
        final Process process =
                new ProcessBuilder(
                                "tshark",
                                "-r",
                                file.toString(),
                                "-X",
                                "lua_script:" + DISSECTOR,
                                "-T",
                                "fields",
                                "-E",
                                "separator=|",
                                "-e",
                                "_ws.col.Protocol",
                                "-e",
                                "_ws.col.Info",
                                "-e",
                                "spindle.number",
                                "-e",
                                "spindle.malformed")
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        final String output = new String(process.getInputStream().readAllBytes());
        assertTrue(process.waitFor(120, TimeUnit.SECONDS), "tshark hangs");
        return output.lines().toList();
    }
}
