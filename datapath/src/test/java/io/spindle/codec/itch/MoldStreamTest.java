package io.spindle.codec.itch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.codec.SessionId;

import org.junit.jupiter.api.Test;

class MoldStreamTest {
    private final MessageRing ring = new MessageRing(1_024, 16);
    private final MoldStream stream = new MoldStream(ring);

    @Test
    void shouldStartEachDayAtOneUnderANewName() {
        stream.startDay(20261120, 0);
        ring.claim(1);
        ring.commit(1);
        stream.startDay(20261121, 0);

        assertEquals(1, ring.nextSequence());
        assertEquals(SessionId.head(20261121), stream.sessionHead());
        assertEquals(SessionId.head(20261120), stream.previousHead());
        assertEquals(2, stream.previousNextSequence());
    }

    @Test
    void shouldBeOverOnlyUntilTheNextDay() {
        stream.startDay(20261120, 0);
        stream.end();
        assertTrue(stream.ended());

        stream.startDay(20261121, 0);
        assertFalse(stream.ended());
    }

    @Test
    void shouldResumeWhereASnapshotWasTaken() {
        stream.resume(20261120, 3, 1_000);

        assertEquals(1_000, ring.nextSequence());
        assertEquals(SessionId.tail(3), stream.sessionTail());
        assertEquals(1, stream.sessions());
    }
}
