package io.spindle.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.log.Rings.Command;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * A kill never hits the 100 ns of an append by chance, so here it hits between all of its stores:
 * each append's stores are recorded, then replayed one by one on a copy of the ring, and after
 * every one a new process attaches.
 */
class LogRingCrashTest {
    private static final int COMMANDS = 1_000;

    /**
     * @param release false for a plain store, which may reach memory in any order before one
     */
    private record Store(int index, byte[] bytes, boolean release) {}

    private final List<Store> stores = new ArrayList<>();
    private final ByteBuffer live = Rings.image();
    private final ByteBuffer image = Rings.image();
    private final LogRing ring =
            RingFile.scan(new RingMemory(new RecordingBuffer(live), live.duplicate()), "live");
    private final RingReader drain = new RingReader(Rings.memory(live));
    private final Random random = new Random(7);

    @Test
    void everyCommittedCommandIsThereAfterEverySingleStore() {
        eachAppend(
                (before, after) -> {
                    for (final Store store : stores) {
                        apply(store);
                        attachSees(before, after, store);
                    }
                });
    }

    @Test
    void theOrderOfPlainStoresDoesNotMatter() {
        eachAppend(
                (before, after) -> {
                    final List<Store> plain =
                            new ArrayList<>(stores.stream().filter(s -> !s.release()).toList());
                    Collections.shuffle(plain, random);
                    for (final Store store : plain) {
                        apply(store);
                        attachSees(before, after, store);
                    }
                    for (final Store store : stores.stream().filter(Store::release).toList()) {
                        apply(store);
                        attachSees(before, after, store);
                    }
                });
    }

    private interface Crash {
        void duringAppend(List<Command> before, List<Command> after);
    }

    private void eachAppend(final Crash crash) {
        final List<Command> kept = new ArrayList<>();
        for (int i = 1; i <= COMMANDS; i++) {
            final int length = Long.BYTES + random.nextInt(Rings.MAX_PAYLOAD - Long.BYTES + 1);
            final List<Command> before = List.copyOf(kept);
            stores.clear();
            assertEquals(i, Rings.append(ring, i, length));
            kept.add(new Command(i, i * 1000L, i, length));
            crash.duringAppend(before, List.copyOf(kept));
            assertEquals(live, image.duplicate().clear(), "the stores are all there are");
            if (kept.size() > 12) {
                drainSome(kept);
            }
        }
    }

    private void drainSome(final List<Command> kept) {
        final List<Command> drained = new ArrayList<>();
        drain.poll(Rings.collector(drained), 1 + random.nextInt(12));
        drain.release(drain.sequence(), drain.position());
        kept.removeAll(drained);
        image.putLong(RingLayout.RELEASED_SEQUENCE_OFFSET, drain.sequence());
        image.putLong(RingLayout.RELEASED_OFFSET, drain.position());
    }

    private void apply(final Store store) {
        image.put(store.index(), store.bytes());
    }

    /** What attaches sees the log with or without the new command, and can append to it. */
    private void attachSees(
            final List<Command> before, final List<Command> after, final Store store) {
        final ByteBuffer copy = Rings.image().put(0, image, 0, image.capacity());
        final LogRing next = Rings.attach(copy);
        next.offerAbove(0);
        final List<Command> seen = Rings.pollAll(next);

        final boolean committed = store.index() == RingLayout.COMMITTED_OFFSET;
        assertTrue(
                seen.equals(after) || !committed && seen.equals(before),
                () -> "after the store at " + store.index() + ": " + seen);
        assertEquals(next.lastSequence() + 1, Rings.append(next, 5, 8));
        assertEquals(List.of(new Command(next.lastSequence(), 5000, 5, 8)), Rings.pollAll(next));
    }

    /** Notes every store; in program order, which is also the order in which x86 shows them. */
    private final class RecordingBuffer extends UnsafeBuffer {
        RecordingBuffer(final ByteBuffer bytes) {
            super(bytes);
        }

        @Override
        public void putLong(final int index, final long value) {
            super.putLong(index, value);
            note(index, Long.BYTES, false);
        }

        @Override
        public void putInt(final int index, final int value) {
            super.putInt(index, value);
            note(index, Integer.BYTES, false);
        }

        @Override
        public void putByte(final int index, final byte value) {
            super.putByte(index, value);
            note(index, Byte.BYTES, false);
        }

        @Override
        public void putIntRelease(final int index, final int value) {
            super.putIntRelease(index, value);
            note(index, Integer.BYTES, true);
        }

        @Override
        public void putLongRelease(final int index, final long value) {
            super.putLongRelease(index, value);
            note(index, Long.BYTES, true);
        }

        private void note(final int index, final int length, final boolean release) {
            final byte[] bytes = new byte[length];
            live.duplicate().order(ByteOrder.LITTLE_ENDIAN).get(index, bytes);
            stores.add(new Store(index, bytes, release));
        }
    }
}
