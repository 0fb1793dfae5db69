package io.spindle.codec.itch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import static java.nio.ByteOrder.BIG_ENDIAN;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that others wrote: every message we know must survive our readers and encoders. */
@EnabledIfEnvironmentVariable(
        named = "SPINDLE_FLOW_DATA",
        matches = ".+",
        disabledReason = "no real order flow: SPINDLE_FLOW_DATA is not set")
class ItchRealFileTest {
    private static final Path ITCH =
            Path.of(String.valueOf(System.getenv("SPINDLE_FLOW_DATA")), "itch");

    @Test
    void shouldReproduceTwelveThousandMessagesOfTenTypes() throws IOException {
        assertEquals(12_012, roundTrip(ITCH.resolve("ex20101224.TEST_ITCH_50")));
    }

    @Test
    void shouldReproduceTheHeadOfARealDay() throws IOException {
        assertEquals(1_000, roundTrip(ITCH.resolve("bbekele_first1000.itch")));
    }

    /** Messages stand behind two bytes of length, which one of the files leaves at 0. */
    private static int roundTrip(final Path file) throws IOException {
        final UnsafeBuffer bytes = new UnsafeBuffer(Files.readAllBytes(file));
        final UnsafeBuffer again = new UnsafeBuffer(new byte[64]);
        int count = 0;
        for (int offset = 0; offset < bytes.capacity(); count++) {
            offset += 2;
            final int length = ItchReencoder.reencode(bytes, offset, again);
            again.putShort(
                    ItchHeader.TRACKING_NUMBER_OFFSET,
                    (short) ItchHeader.trackingNumber(bytes, offset),
                    BIG_ENDIAN);
            assertEquals(
                    new UnsafeBuffer(bytes, offset, length), new UnsafeBuffer(again, 0, length));
            offset += length;
        }
        return count;
    }
}
