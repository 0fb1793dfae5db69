package io.spindle.codec.ouch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.session.Blocks;
import io.spindle.session.SipHash;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The protocol pages say what the code does: every example is decoded, every table compared. */
class ProtocolPagesTest {
    private static final Path PAGES =
            Path.of(System.getProperty("spindle.root", ".."), "docs", "protocol");

    private static final Pattern EXAMPLE =
            Pattern.compile("```hex (\\w+) (\\w+)\\n([0-9A-Fa-f \\n]+)```");
    private static final Pattern ROW =
            Pattern.compile("^\\| `(.)` (\\w+) \\| (\\d+) \\| (.*) \\|$", Pattern.MULTILINE);
    private static final Pattern FIELD = Pattern.compile("(\\d+):(\\d+) (\\w+)");
    private static final Pattern OPTION =
            Pattern.compile("^\\| (\\d+) \\| (\\d+) \\| ", Pattern.MULTILINE);

    private static String page(final String name) throws IOException {
        return Files.readString(PAGES.resolve(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "session.md", "order-entry.md"})
    void shouldDecodeEveryExample(final String name) throws Exception {
        final Matcher example = EXAMPLE.matcher(page(name));
        int found = 0;
        while (example.find()) {
            final byte[] bytes = HexFormat.of().parseHex(example.group(3).replaceAll("\\s", ""));
            check(example.group(1), example.group(2), bytes);
            found++;
        }
        assertTrue(found > 0, "no examples on " + name);
    }

    private static void check(final String kind, final String message, final byte[] bytes)
            throws Exception {
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        switch (kind) {
            case "client" ->
                    assertTrue(MessageShape.fromClient().isWhole(buffer, 0, bytes.length), message);
            case "server" ->
                    assertTrue(MessageShape.fromServer().isWhole(buffer, 0, bytes.length), message);
            case "token" -> assertToken(buffer);
            default -> {
                assertEquals(
                        constant("io.spindle.session.wire." + message, "BLOCK_LENGTH"),
                        bytes.length,
                        message);
                if (kind.equals("block")) {
                    assertEquals(bytes.length - 2, bytes[0] << 8 | bytes[1], message);
                }
            }
        }
    }

    /** An independent computation wrote the example's hash. */
    private static void assertToken(final UnsafeBuffer datagram) {
        final int hash = datagram.capacity() - Long.BYTES;
        assertTrue(Blocks.areWhole(datagram, 0, datagram.capacity()));
        assertEquals(
                new SipHash().of(datagram, 0, hash, 0x0706050403020100L, 0x0F0E0D0C0B0A0908L),
                datagram.getLong(hash, ByteOrder.BIG_ENDIAN));
    }

    @Test
    void shouldGiveTheLayoutsThatTheCodecsHave() throws Exception {
        final Matcher row = ROW.matcher(page("order-entry.md"));
        int rows = 0;
        while (row.find()) {
            final String codec = "io.spindle.codec.ouch.wire." + row.group(2);
            final Matcher field = FIELD.matcher(row.group(4));
            while (field.find()) {
                final String name =
                        Character.toLowerCase(field.group(3).charAt(0))
                                + field.group(3).substring(1);
                assertEquals(
                        Integer.parseInt(field.group(1)),
                        number(codec, name + "EncodingOffset"),
                        codec + " " + name);
                assertEquals(
                        Integer.parseInt(field.group(2)),
                        number(codec, name + "EncodingLength"),
                        codec + " " + name);
            }
            final int fixed = constant(codec, "BLOCK_LENGTH");
            final boolean demanded = row.group(4).matches(".*\\d AL$");
            assertEquals(
                    Integer.parseInt(row.group(3)), demanded ? fixed + 2 : fixed, row.group(2));
            rows++;
        }
        assertEquals(23, rows);
    }

    @Test
    void shouldGiveTheLengthsOfOptionsThatTheCodecHas() throws IOException {
        final Matcher option = OPTION.matcher(page("order-entry.md"));
        int options = 0;
        while (option.find()) {
            assertEquals(
                    Integer.parseInt(option.group(2)),
                    Tag.valueLength(Integer.parseInt(option.group(1))),
                    "tag " + option.group(1));
            options++;
        }
        assertEquals(26, options);
    }

    private static int constant(final String codec, final String name) throws Exception {
        return Class.forName(codec + "Decoder").getField(name).getInt(null);
    }

    private static int number(final String codec, final String method) throws Exception {
        return (int) Class.forName(codec + "Decoder").getMethod(method).invoke(null);
    }
}
