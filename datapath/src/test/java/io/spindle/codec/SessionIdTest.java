package io.spindle.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class SessionIdTest {
    @Test
    void shouldNameTheDayAndTheEpoch() {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[SessionId.LENGTH]);

        SessionId.put(buffer, 0, SessionId.head(20261120), SessionId.tail(7));

        assertEquals("SP26112007", buffer.getStringWithoutLengthAscii(0, SessionId.LENGTH));
    }

    @Test
    void shouldReadBackWhatItWrote() {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[SessionId.LENGTH]);

        SessionId.put(buffer, 0, SessionId.head(20010203), SessionId.tail(SessionId.MAX_EPOCH));

        assertEquals(SessionId.head(20010203), SessionId.head(buffer, 0));
        assertEquals(SessionId.tail(99), SessionId.tail(buffer, 0));
    }
}
