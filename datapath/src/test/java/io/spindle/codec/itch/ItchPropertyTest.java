package io.spindle.codec.itch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.agrona.concurrent.UnsafeBuffer;

import java.util.Random;

/**
 * Whatever bytes a message consists of, reading every field and writing it again gives them back.
 */
class ItchPropertyTest {
    private static final String TYPES = "SRHYLhJAFECXDUPQBI";

    @Property
    void shouldWriteBackWhatItRead(@ForAll final long seed) {
        final Random random = new Random(seed);
        final byte[] bytes = new byte[64];
        for (int i = 0; i < TYPES.length(); i++) {
            random.nextBytes(bytes);
            final UnsafeBuffer message = new UnsafeBuffer(bytes);
            message.putByte(0, (byte) TYPES.charAt(i));
            message.putShort(ItchHeader.TRACKING_NUMBER_OFFSET, (short) 0);
            final UnsafeBuffer again = new UnsafeBuffer(new byte[64]);

            final int length = ItchReencoder.reencode(message, 0, again);

            assertEquals(new UnsafeBuffer(message, 0, length), new UnsafeBuffer(again, 0, length));
        }
    }
}
