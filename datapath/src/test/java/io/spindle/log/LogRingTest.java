package io.spindle.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.log.Rings.Command;

import org.junit.jupiter.api.Test;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;

class LogRingTest {
    /**
     * A deoptimisation may put one object on the heap once; a cost per command shows every time.
     */
    private static final int ROUNDS_UNTIL_COMPILED = 24;

    private final ByteBuffer image = Rings.image();
    private final LogRing ring = Rings.attach(image);

    @Test
    void handsBackWhatWasCommittedInOrderAndOnce() {
        Rings.append(ring, 7, 8);
        Rings.append(ring, 8, 57);

        assertEquals(
                List.of(new Command(1, 7000, 7, 8), new Command(2, 8000, 8, 57)),
                Rings.pollAll(ring));
        assertEquals(List.of(), Rings.pollAll(ring));
        assertEquals(2, ring.lastSequence());
    }

    @Test
    void anAbortedClaimLeavesNoTrace() {
        ring.buffer().putLong(ring.claim(100, false), -1);
        ring.abort();
        Rings.append(ring, 9, 8);

        assertEquals(List.of(new Command(1, 9000, 9, 8)), Rings.pollAll(ring));
    }

    @Test
    void newOrdersEndAtThreeQuartersAndCancelsGoOn() {
        int orders = 0;
        while (ring.claim(104, false) != CommandLog.BACK_PRESSURED) {
            ring.commit(104, 0);
            orders++;
        }
        int cancels = 0;
        while (ring.claim(40, true) != CommandLog.BACK_PRESSURED) {
            ring.commit(40, 0);
            cancels++;
        }

        assertEquals(Rings.CAPACITY * 3 / 4 / 128, orders);
        assertEquals(Rings.CAPACITY / 4 / 64, cancels);
        assertEquals(Rings.CAPACITY, ring.backlog());
    }

    @Test
    void roomGivenBackByTheDrainIsUsedAgain() {
        final RingReader drain = new RingReader(Rings.memory(image));
        while (Rings.append(ring, 1, 100) > 0) {
            continue;
        }
        assertEquals(ring.lastSequence(), Rings.pollAll(ring).size());
        drain.poll((sequence, timeNs, buffer, offset, length) -> {}, 10);
        drain.release(drain.sequence(), drain.position());

        int more = 0;
        while (Rings.append(ring, 1, 100) > 0) {
            more++;
        }
        assertEquals(10, more);
        assertEquals(10, ring.safeSequence(AckLevel.SYNCED));
    }

    /** The drain is faster than the loop: what is recorded may still have to be applied. */
    @Test
    void roomIsNotUsedAgainBeforeItsCommandsWereHandedBack() {
        final RingReader drain = new RingReader(Rings.memory(image));
        assertEquals(List.of(), Rings.pollAll(ring));
        while (Rings.append(ring, 1, 100) > 0) {
            continue;
        }
        drainAll(drain);
        assertEquals(0, ring.backlog());
        assertEquals(CommandLog.BACK_PRESSURED, ring.claim(100, false));
        assertEquals(CommandLog.BACK_PRESSURED, ring.claim(100, true));

        assertEquals(ring.lastSequence(), Rings.pollAll(ring).size());
        assertTrue(Rings.append(ring, 1, 100) > 0);
    }

    @Test
    void aRingThatNobodyPollsWaitsForItsReaderAlone() {
        final RingReader drain = new RingReader(Rings.memory(image));
        for (int lap = 0; lap < 3; lap++) {
            while (Rings.append(ring, 1, 100) > 0) {
                continue;
            }
            drainAll(drain);
        }
        assertEquals(3 * (Rings.CAPACITY / 128), ring.lastSequence());
    }

    private static void drainAll(final RingReader drain) {
        drain.poll((sequence, timeNs, buffer, offset, length) -> {}, Integer.MAX_VALUE);
        drain.release(drain.sequence(), drain.position());
    }

    @Test
    void theDrainCanAskForNoNewOrders() {
        final RingReader drain = new RingReader(Rings.memory(image));
        drain.refusal(Refusal.DISK_LOW);

        assertEquals(CommandLog.BACK_PRESSURED, ring.claim(8, false));
        assertTrue(Rings.append(ring, 1, 8) > 0);
        assertEquals(Refusal.DISK_LOW, ring.refusal());

        drain.refusal(Refusal.NONE);
        assertTrue(ring.claim(8, false) > 0);
    }

    @Test
    void aClaimAboveTheLargestCommandIsOurBug() {
        assertThrows(IllegalArgumentException.class, () -> ring.claim(Rings.MAX_PAYLOAD + 1, true));
        ring.claim(8, true);
        assertThrows(IllegalStateException.class, () -> ring.commit(0, 0));
    }

    @Test
    void agreesWithAQueueOverManyLapsWhoeverDiesWhenever() {
        final Random random = new Random(42);
        final Deque<Command> model = new ArrayDeque<>();
        final List<Command> drained = new ArrayList<>();
        LogRing writer = ring;
        RingReader drain = new RingReader(Rings.memory(image));
        for (int turn = 0; turn < 20_000; turn++) {
            final int length = Long.BYTES + random.nextInt(Rings.MAX_PAYLOAD - Long.BYTES + 1);
            final long sequence = Rings.append(writer, turn, length);
            if (sequence > 0) {
                model.add(new Command(sequence, turn * 1000L, turn, length));
            }
            if (random.nextInt(4) == 0) {
                drained.clear();
                drain.poll(Rings.collector(drained), random.nextInt(8));
                drain.release(drain.sequence(), drain.position());
                drained.forEach(command -> assertEquals(model.remove(), command));
            }
            if (random.nextInt(50) == 0) {
                writer = Rings.attach(image);
                drain = new RingReader(Rings.memory(image));
                assertEquals(turn > 0 ? sequence(model, drain) : 0, writer.lastSequence());
                writer.offerAbove(drain.sequence());
                assertEquals(new ArrayList<>(model), Rings.pollAll(writer));
            }
        }
    }

    private static long sequence(final Deque<Command> model, final RingReader drain) {
        return model.isEmpty() ? drain.sequence() : model.getLast().sequence();
    }

    @Test
    void offersFromTheMiddleWhatTheArchiveDidNotHave() {
        for (int i = 1; i <= 10; i++) {
            Rings.append(ring, i, 20);
        }
        final LogRing next = Rings.attach(image);

        assertEquals(8, next.offerAbove(7));
        assertEquals(3, Rings.pollAll(next).size());
        assertEquals(11, next.offerAbove(10));
        assertEquals(List.of(), Rings.pollAll(next));
    }

    @Test
    void aDamagedRecordBelowCommittedIsARefusal() {
        for (int i = 1; i <= 10; i++) {
            Rings.append(ring, i, 20);
        }
        final int third = RingLayout.DATA_OFFSET + 2 * RingLayout.recordLength(20);
        for (int bit = 0; bit < 8 * (RingLayout.PAYLOAD + 20); bit++) {
            final int at = third + bit / 8;
            image.put(at, (byte) (image.get(at) ^ 1 << bit % 8));
            final LogDamaged refusal =
                    assertThrows(LogDamaged.class, () -> Rings.attach(image), "bit " + bit);
            assertTrue(refusal.getMessage().contains("sequence 2"), refusal.getMessage());
            image.put(at, (byte) (image.get(at) ^ 1 << bit % 8));
        }
        assertEquals(10, Rings.attach(image).lastSequence());
    }

    @Test
    void appendsAndPollsWithoutAllocating() {
        final RingReader drain = new RingReader(Rings.memory(image));
        final CommandHandler nothing = (sequence, timeNs, buffer, offset, length) -> {};
        appendMany(drain, nothing, 20_000);
        final var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS_UNTIL_COMPILED && allocated > 0; round++) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            appendMany(drain, nothing, 100_000);
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
        }
        assertEquals(0, allocated, "bytes for the last 100,000 commands");
    }

    private void appendMany(final RingReader drain, final CommandHandler handler, final int count) {
        for (int i = 0; i < count; i++) {
            ring.buffer().putLong(ring.claim(100, false), i);
            ring.commit(100, i);
            ring.poll(handler, 1);
            drain.poll(handler, 1);
            drain.release(drain.sequence(), drain.position());
        }
    }
}
