package io.spindle.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.oms.Ascii;
import io.spindle.oms.command.MessageHeaderEncoder;
import io.spindle.oms.command.SetTradingStateEncoder;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** No command is a number only in the log's print. */
class CommandTextTest {
    private static final Path SCHEMA =
            Path.of(System.getProperty("spindle.root", ".."), "oms/src/main/sbe/commands.xml");
    private static final Pattern MESSAGE =
            Pattern.compile("<sbe:message name=\"(\\w+)\" id=\"(\\d+)\"");

    /** Travels inside orders, and is no command. */
    private static final String OPTIONS = "OrderOptions";

    static List<Arguments> commands() throws IOException {
        return MESSAGE.matcher(Files.readString(SCHEMA))
                .results()
                .filter(message -> !message.group(1).equals(OPTIONS))
                .map(m -> Arguments.of(m.group(1), Integer.parseInt(m.group(2))))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void shouldNameEveryCommand(final String command, final int template) {
        assertEquals(command, name(template));
    }

    @Test
    void shouldFindTheCommandsInTheirSchema() throws IOException {
        assertTrue(commands().size() >= 50, () -> "read from " + SCHEMA);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 99})
    void shouldGiveTheNumberOfOneThatItDoesNotKnow(final int template) {
        assertEquals("Template" + template, name(template));
    }

    @Test
    void shouldSayInLettersWhichStateWasExpected() {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[64]);
        new SetTradingStateEncoder()
                .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .symbol(Ascii.pack("SPDL"))
                .state((byte) 'T')
                .expected((byte) 'P');
        final Map<String, String> fields = CommandText.of(buffer, 0).fields();
        assertEquals("T", fields.get("state"));
        assertEquals("P", fields.get("expected"));
    }

    private static String name(final int template) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1024]);
        new MessageHeaderEncoder()
                .wrap(buffer, 0)
                .blockLength(512)
                .templateId(template)
                .schemaId(MessageHeaderEncoder.SCHEMA_ID)
                .version(MessageHeaderEncoder.SCHEMA_VERSION);
        return CommandText.of(buffer, 0).name();
    }
}
