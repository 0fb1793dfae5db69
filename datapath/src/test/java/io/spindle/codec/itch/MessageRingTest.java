package io.spindle.codec.itch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Random;

class MessageRingTest {
    private static final long ALL = Long.MAX_VALUE;

    private final MessageRing ring = new MessageRing(64, 16);

    @Test
    void shouldNumberMessagesFromOne() {
        assertEquals(1, append(10));
        assertEquals(2, append(10));
        assertEquals(1, ring.firstSequence());
        assertEquals(3, ring.nextSequence());
    }

    @Test
    void shouldRunAsFarAsTheRoomGoes() {
        append(10);
        append(10);
        append(10);

        assertEquals(2, ring.runCount(1, ALL, 35));
        assertEquals(24, ring.runLength(1, 2));
        assertEquals(3, ring.runCount(1, ALL, 36));
    }

    @Test
    void shouldRunUpToTheLimit() {
        append(10);
        append(10);
        append(10);

        assertEquals(1, ring.runCount(2, 3, 64));
        assertEquals(0, ring.runCount(2, 2, 64));
    }

    @Test
    void shouldHaveNoRunPastTheNewest() {
        append(10);

        assertEquals(0, ring.runCount(2, ALL, 64));
    }

    @Test
    void shouldEndARunWhereTheNextMessageStartsOver() {
        for (int i = 0; i < 6; i++) {
            append(10);
        }

        assertEquals(2, ring.firstSequence());
        assertEquals(4, ring.runCount(2, ALL, 64));
        assertEquals(1, ring.runCount(6, ALL, 64));
        assertEquals(0, ring.offset(6));
    }

    @Test
    void shouldEndARunThatFillsTheRingToItsLastByte() {
        for (int i = 0; i < 5; i++) {
            append(14);
        }

        assertEquals(3, ring.runCount(2, ALL, 64));
    }

    @Test
    void shouldForgetTheOldestWhenItsBytesAreTaken() {
        for (int i = 0; i < 6; i++) {
            append(10);
        }

        assertEquals(0, ring.runCount(1, ALL, 64));
    }

    @Test
    void shouldForgetTheOldestWhenItsIndexEntryIsTaken() {
        final MessageRing small = new MessageRing(1_024, 4);
        for (int i = 0; i < 6; i++) {
            small.claim(1);
            small.commit(1);
        }

        assertEquals(3, small.firstSequence());
        assertEquals(4, small.runCount(3, ALL, 64));
    }

    @Test
    void shouldUseLessThanWasClaimed() {
        ring.claim(40);
        ring.commit(5);

        assertEquals(7, ring.runLength(1, 1));
    }

    @Test
    void shouldStartAgainAtAnySequence() {
        append(10);
        ring.restart(100);

        assertEquals(100, append(10));
        assertEquals(100, ring.firstSequence());
        assertEquals(0, ring.runCount(1, ALL, 64));
        assertEquals(1, ring.runCount(100, ALL, 64));
    }

    @Test
    void shouldRefuseAMessageThatCannotFit() {
        assertThrows(IllegalArgumentException.class, () -> ring.claim(63));
    }

    @Test
    void shouldRefuseSizesThatAreNotPowersOfTwo() {
        assertThrows(IllegalArgumentException.class, () -> new MessageRing(100, 16));
        assertThrows(IllegalArgumentException.class, () -> new MessageRing(64, 10));
    }

    @Test
    void shouldHoldExactlyTheNewestMessagesWhateverTheirLengths() {
        final Random random = new Random(7);
        final MessageRing under = new MessageRing(256, 16);
        final Deque<byte[]> model = new ArrayDeque<>();
        for (int i = 0; i < 10_000; i++) {
            final byte[] message = new byte[1 + random.nextInt(60)];
            random.nextBytes(message);
            under.buffer().putBytes(under.claim(message.length), message);
            under.commit(message.length);
            model.addLast(message);
            while (model.size() > under.nextSequence() - under.firstSequence()) {
                model.removeFirst();
            }
            assertEquals(under.nextSequence() - under.firstSequence(), model.size());
            assertSame(under, model);
        }
        assertTrue(under.nextSequence() > 10_000);
    }

    private static void assertSame(final MessageRing ring, final Deque<byte[]> model) {
        long sequence = ring.firstSequence();
        for (final byte[] expected : model) {
            final byte[] held = new byte[ring.runLength(sequence, 1) - 2];
            ring.buffer().getBytes(ring.offset(sequence) + 2, held);
            assertEquals(HexFormat.of().formatHex(expected), HexFormat.of().formatHex(held));
            sequence++;
        }
    }

    private long append(final int length) {
        ring.claim(length);
        return ring.commit(length);
    }
}
