package io.spindle.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.spindle.oms.command.MessageHeaderEncoder;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No command is a number only in the log's print. */
class CommandTextTest {
    @ParameterizedTest
    @ValueSource(
            ints = {
                1, 2, 3, 4, 5, 6, 8, 10, 20, 21, 30, 31, 32, 33, 34, 40, 41, 50, 51, 52, 53, 54, 55,
                56, 60, 61, 62, 63, 64, 65, 66, 67, 68, 69, 70, 71, 72, 73, 80, 100, 101, 102, 103,
                104, 105, 106, 107
            })
    void shouldNameEveryCommand(final int template) {
        assertFalse(name(template).startsWith("Template"), () -> name(template));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 99})
    void shouldGiveTheNumberOfOneThatItDoesNotKnow(final int template) {
        assertEquals("Template" + template, name(template));
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
