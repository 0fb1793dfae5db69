package io.spindle.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import static java.nio.ByteOrder.BIG_ENDIAN;

import io.spindle.codec.itch.FeedLine;
import io.spindle.codec.itch.MarketFeed;
import io.spindle.codec.itch.MessageRing;
import io.spindle.codec.itch.MoldStream;
import io.spindle.net.Ports;
import io.spindle.net.UdpFrameEncoder;
import io.spindle.oms.Ascii;
import io.spindle.oms.EngineConfig;
import io.spindle.oms.NoEvents;
import io.spindle.oms.TradingEngine;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** The frames of a line as Wireshark's own dissectors see them: Ethernet, IPv4, UDP, MoldUDP64. */
@Timeout(180)
class TsharkSystemTest {
    private static final Path TSHARK = Path.of("/usr/bin/tshark");
    private static final int PORT = 26_410;

    @TempDir Path folder;

    @Test
    void shouldDissectEveryPacketAndEveryMessageBlock() throws Exception {
        if (!Files.isExecutable(TSHARK)) {
            System.out.println("skipped: no " + TSHARK + " to dissect MoldUDP64");
            Assumptions.abort("no tshark");
        }
        final Path capture = folder.resolve("line.pcap");
        final long messages = record(capture);

        final List<String> blocks =
                tshark(capture, "-Y", "moldudp64", "-T", "fields", "-e", "moldudp64.msglen");
        assertEquals(
                messages,
                blocks.stream()
                        .flatMap(line -> Arrays.stream(line.split(",")))
                        .filter(length -> !length.isBlank())
                        .count());
        assertEquals(List.of(), tshark(capture, "-Y", "_ws.malformed || ip.checksum.status == 0"));
        assertEquals(List.of(), tshark(capture, "-Y", "!moldudp64"));
    }

    /** Trades a while and returns the number of messages that the capture has. */
    private static long record(final Path capture) throws IOException {
        final MoldStream stream = new MoldStream(new MessageRing(1 << 20, 1 << 15));
        final MarketFeed feed = new MarketFeed(stream);
        final TradingEngine engine =
                new TradingEngine(
                        EngineConfig.small(),
                        new NoEvents(),
                        feed,
                        new NoEvents() {
                            @Override
                            public void onDayStart(final int date, final int epoch) {
                                feed.startDay(date, epoch);
                            }
                        });
        feed.attach(engine);
        try (OutputStream out = Files.newOutputStream(capture)) {
            out.write(pcapHeader());
            final RecordingCard card = new RecordingCard(frame -> out.write(pcapRecord(frame)));
            final FeedLine line =
                    new FeedLine(
                            stream,
                            new UdpFrameEncoder(card, 0x0200_0000_0001L, 0x7F00_0001),
                            Ports.GROUP_A,
                            PORT);
            final TestMarket market = new TestMarket(engine::apply);
            market.open("SPDL");
            for (int turn = 0; turn < 300; turn++) {
                market.trade(new Random(turn), turn % 20, Ascii.pack("SPDL"));
                line.send(Long.MAX_VALUE, market.timeNs());
            }
            line.send(Long.MAX_VALUE, market.timeNs() + FeedLine.HEARTBEAT_INTERVAL_NS);
        }
        return stream.messages().nextSequence() - 1;
    }

    private List<String> tshark(final Path capture, final String... arguments) throws Exception {
        final Path output = folder.resolve("out");
        final ProcessBuilder tshark =
                new ProcessBuilder(
                        TSHARK.toString(),
                        "-r",
                        capture.toString(),
                        "-d",
                        "udp.port==" + PORT + ",moldudp64",
                        "-o",
                        "ip.check_checksum:TRUE");
        tshark.command().addAll(List.of(arguments));
        final Process process =
                tshark.redirectOutput(output.toFile())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        process.waitFor(120, TimeUnit.SECONDS);
        assertEquals(0, process.exitValue());
        return Files.readAllLines(output, StandardCharsets.UTF_8);
    }

    /** Classic pcap, microseconds, Ethernet. */
    private static byte[] pcapHeader() {
        return ByteBuffer.allocate(24)
                .order(BIG_ENDIAN)
                .putInt(0xA1B2C3D4)
                .putShort((short) 2)
                .putShort((short) 4)
                .putLong(0)
                .putInt(65_535)
                .putInt(1)
                .array();
    }

    private static byte[] pcapRecord(final byte[] frame) {
        return ByteBuffer.allocate(16 + frame.length)
                .order(BIG_ENDIAN)
                .putLong(0)
                .putInt(frame.length)
                .putInt(frame.length)
                .put(frame)
                .array();
    }
}
