package io.spindle.certify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import static java.nio.ByteOrder.BIG_ENDIAN;

import io.spindle.codec.ouch.wire.AcceptedDecoder;
import io.spindle.codec.ouch.wire.NotAppliedDecoder;
import io.spindle.codec.ouch.wire.ReplacedDecoder;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import java.net.InetSocketAddress;

/** What a client owes after a gap, by made-up drop copies. */
class ClientScriptTest {
    private static final String NAME = "TEST00";
    private static final int LONGEST = 128;

    private final ClientScript script =
            new ClientScript(InetSocketAddress.createUnresolved("none", 1), NAME, "", check -> {});

    private static UnsafeBuffer copy(final char type) {
        final UnsafeBuffer copy = new UnsafeBuffer(new byte[LONGEST]);
        copy.putStringWithoutLengthAscii(0, NAME);
        copy.putByte(NAME.length(), (byte) type);
        return copy;
    }

    private static void put(final UnsafeBuffer copy, final int offset, final int number) {
        copy.putInt(NAME.length() + offset, number, BIG_ENDIAN);
    }

    private void gap(final int first, final int count) {
        final UnsafeBuffer copy = copy('N');
        put(copy, NotAppliedDecoder.firstEncodingOffset(), first);
        put(copy, NotAppliedDecoder.countEncodingOffset(), count);
        script.onCopy(copy.byteArray());
    }

    private void answer(final char type, final int number) {
        final UnsafeBuffer copy = copy(type);
        final int offset =
                type == 'U'
                        ? ReplacedDecoder.userRefNumEncodingOffset()
                        : AcceptedDecoder.userRefNumEncodingOffset();
        put(copy, offset, number);
        script.onCopy(copy.byteArray());
    }

    private void assertOwes(final String failure) {
        assertEquals(failure, script.enteredAgain().failure());
    }

    @Test
    void shouldWantEveryLostNumberMadeUpFor() {
        answer('A', 4);
        gap(5, 3);
        answer('A', 8);
        assertOwes("3 of 3 not entered again");
        answer('A', 9);
        assertOwes("2 of 3 not entered again");
        answer('A', 10);
        answer('A', 11);
        assertOwes("");
    }

    @Test
    void shouldNotCountTheReplaceThatShowedTheGap() {
        gap(5, 1);
        answer('U', 6);
        assertOwes("1 of 1 not entered again");
        answer('A', 7);
        assertOwes("");
    }

    @Test
    void shouldAddASecondGapAndCountNothingThatIsRefused() {
        gap(5, 1);
        answer('J', 6);
        gap(7, 2);
        answer('A', 9);
        answer('J', 10);
        assertOwes("3 of 3 not entered again");
        answer('U', 11);
        answer('X', 12);
        answer('A', 13);
        assertOwes("");
    }
}
