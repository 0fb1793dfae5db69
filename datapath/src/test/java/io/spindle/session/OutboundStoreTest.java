package io.spindle.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

class OutboundStoreTest {
    private static final int CAPACITY = 1 << 14;

    private final OutboundStore store = new OutboundStore(CAPACITY, 4);

    private void add(final int session, final String message) {
        final int offset = store.claim(session);
        store.buffer().putStringWithoutLengthAscii(offset, message);
        store.commit(message.length(), 0);
    }

    private String at(final long position) {
        return store.buffer()
                .getStringWithoutLengthAscii(
                        store.messageOffset(position), store.messageLength(position));
    }

    @Test
    void shouldNumberEachSessionsMessagesFromOne() {
        add(0, "a");
        add(1, "b");
        add(0, "c");
        assertEquals(3, store.nextSequence(0));
        assertEquals(2, store.nextSequence(1));
        assertEquals("a", at(store.find(0, 1)));
        assertEquals("b", at(store.find(1, 1)));
        assertEquals("c", at(store.find(0, 2)));
    }

    @Test
    void shouldLinkASessionsMessages() {
        add(0, "a");
        add(1, "b");
        add(0, "c");
        final long first = store.find(0, 1);
        assertEquals("c", at(store.next(first)));
        assertEquals(OutboundStore.NONE, store.next(store.next(first)));
    }

    /** The stride's first is gone and its last is not: what is added next has to be found. */
    @Test
    void shouldFindWhatFollowsWhenTheMarkIsOverwritten() {
        for (int number = 1; number <= 34; number++) {
            add(0, "old");
        }
        final long mark = store.find(0, 32);
        final long last = store.find(0, 34);
        while (store.isKept(mark)) {
            add(1, "other");
        }
        assertTrue(store.isKept(last));
        add(0, "new");
        assertEquals("new", at(store.find(0, 35)));
    }

    @Test
    void shouldNotFindWhatWasNotProduced() {
        add(0, "a");
        assertEquals(OutboundStore.NONE, store.find(0, 0));
        assertEquals(OutboundStore.NONE, store.find(0, 2));
        assertEquals(OutboundStore.NONE, store.find(0, -1));
        assertEquals(OutboundStore.NONE, store.find(1, 1));
    }

    @Test
    void shouldOverwriteTheOldestAndKeepTheNewestFindable() {
        final Random random = new Random(7);
        final List<List<String>> produced = new ArrayList<>();
        for (int session = 0; session < 4; session++) {
            produced.add(new ArrayList<>());
        }
        for (int i = 0; i < 20_000; i++) {
            final int session = random.nextInt(3);
            final String message = i + "x".repeat(random.nextInt(60));
            add(session, message);
            produced.get(session).add(message);
            final int newest = produced.get(session).size();
            assertEquals(message, at(store.find(session, newest)));
            final int any = 1 + random.nextInt(newest);
            final long position = store.find(session, any);
            if (position != OutboundStore.NONE) {
                assertEquals(produced.get(session).get(any - 1), at(position));
            } else {
                assertTrue(newest - any > 30, "lost too early: " + any + " of " + newest);
            }
        }
        assertEquals(OutboundStore.NONE, store.find(0, 1));
        assertFalse(store.isKept(0));
    }

    @Test
    void shouldForgetAQuietSessionOnceItsMessagesAreOverwritten() {
        add(3, "quiet");
        for (int i = 0; i < 1_000; i++) {
            add(0, "noise noise noise");
        }
        assertEquals(OutboundStore.NONE, store.find(3, 1));
        add(3, "again");
        assertEquals(OutboundStore.NONE, store.find(3, 1));
        assertEquals("again", at(store.find(3, 2)));
        assertEquals(3, store.nextSequence(3));
    }

    @Test
    void shouldStartAgainAtAGivenSequence() {
        add(0, "old");
        store.restart(0, 500);
        assertEquals(OutboundStore.NONE, store.find(0, 1));
        add(0, "new");
        assertEquals("new", at(store.find(0, 500)));
        assertEquals(501, store.nextSequence(0));
    }

    @Test
    void shouldRefuseACapacityThatIsNoPowerOfTwo() {
        assertThrows(IllegalArgumentException.class, () -> new OutboundStore(100_000, 1));
        assertThrows(IllegalArgumentException.class, () -> new OutboundStore(1024, 1));
    }
}
