package io.spindle.codec.itch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.codec.SessionId;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The page on market data says what the code does: every example is decoded, every length compared.
 */
class MarketDataPageTest {
    private static final Path PAGE =
            Path.of(System.getProperty("spindle.root", ".."), "docs", "protocol", "market-data.md");
    private static final Pattern EXAMPLE =
            Pattern.compile("```hex (packet|request|itch)( \\w+)?\\n([0-9a-f \\n]+)```");
    private static final Pattern ROW = Pattern.compile("\\| `(.)` \\| (\\d+) \\| ([^|]*) \\|");
    private static final Pattern WIDTH = Pattern.compile("(\\d+) [^,]+");

    @Test
    void shouldDecodeEveryExample() throws IOException {
        final Matcher example = EXAMPLE.matcher(Files.readString(PAGE));
        int found = 0;
        for (; example.find(); found++) {
            final byte[] bytes = HexFormat.of().parseHex(example.group(3).replaceAll("\\s", ""));
            final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
            switch (example.group(1)) {
                case "itch" ->
                        assertTrue(
                                Juncture.read(buffer, bytes.length)
                                        .startsWith(example.group(2).strip() + "["),
                                example.group());
                case "request" -> assertEquals(MoldPacket.HEADER_LENGTH, bytes.length);
                default -> assertPacket(buffer);
            }
        }
        assertEquals(9, found);
    }

    @Test
    void shouldGiveLengthsThatAddUp() throws IOException {
        final Matcher row = ROW.matcher(Files.readString(PAGE));
        int rows = 0;
        for (; row.find(); rows++) {
            int length = ItchHeader.LENGTH;
            final Matcher width = WIDTH.matcher(row.group(3));
            while (width.find()) {
                length += Integer.parseInt(width.group(1));
            }
            assertEquals(Integer.parseInt(row.group(2)), length, row.group(1));
        }
        assertEquals(16, rows);
    }

    private static void assertPacket(final UnsafeBuffer packet) {
        assertEquals(SessionId.head(20261120), MoldPacket.sessionHead(packet, 0));
        assertEquals(SessionId.tail(1), MoldPacket.sessionTail(packet, 0));
        final int count = MoldPacket.count(packet, 0);
        int offset = MoldPacket.HEADER_LENGTH;
        for (int i = 0; i < count && count != MoldPacket.END_OF_SESSION; i++) {
            offset += MoldPacket.BLOCK_HEADER_LENGTH + MoldPacket.blockLength(packet, offset);
        }
        assertEquals(packet.capacity(), offset);
    }
}
