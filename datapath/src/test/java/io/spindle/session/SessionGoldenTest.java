package io.spindle.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.session.wire.BlockHeaderDecoder;
import io.spindle.session.wire.BlockHeaderEncoder;
import io.spindle.session.wire.EndOfSessionDecoder;
import io.spindle.session.wire.EndOfSessionEncoder;
import io.spindle.session.wire.LoginAcceptedDecoder;
import io.spindle.session.wire.LoginAcceptedEncoder;
import io.spindle.session.wire.LoginDecoder;
import io.spindle.session.wire.LoginEncoder;
import io.spindle.session.wire.LoginRejectedDecoder;
import io.spindle.session.wire.LoginRejectedEncoder;
import io.spindle.session.wire.RetransmitRequestDecoder;
import io.spindle.session.wire.RetransmitRequestEncoder;
import io.spindle.session.wire.SequencedDecoder;
import io.spindle.session.wire.SequencedEncoder;
import io.spindle.session.wire.ThrottleDecoder;
import io.spindle.session.wire.ThrottleEncoder;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import java.util.HexFormat;

/** Every packet and block as bytes, typed in from the tables of session.md, both directions. */
class SessionGoldenTest {
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[64]);

    @Test
    void shouldWriteAndReadALogin() {
        new LoginEncoder()
                .wrap(buffer, 0)
                .length(27)
                .packetType(Packets.LOGIN)
                .username("TEST07")
                .password("spindle   ")
                .sessionId("SP26112001");
        final String golden = "001B 4C 544553543037 7370696E646C65202020 53503236313132303031";
        assertBytes(golden, LoginDecoder.BLOCK_LENGTH);
        assertTrue(Blocks.areWhole(buffer, 0, LoginDecoder.BLOCK_LENGTH));
        assertEquals(LoginDecoder.BLOCK_LENGTH, Blocks.next(buffer, 0));
        assertEquals(0x5445535430372020L, Blocks.username(buffer, 0));
        final LoginDecoder login = new LoginDecoder().wrap(buffer, 0, LoginDecoder.BLOCK_LENGTH, 0);
        assertEquals("TEST07", login.username());
        assertEquals("spindle   ", login.password());
        assertEquals("SP26112001", login.sessionId());
    }

    @Test
    void shouldKnowWhichDayALoginMeans() {
        final SessionDay day = new SessionDay();
        day.start(20261120, 1);
        buffer.putStringWithoutLengthAscii(0, "SP26112001          SP26112002SP26112101");
        assertTrue(day.isMeant(buffer, 0));
        assertTrue(day.isMeant(buffer, 10));
        assertFalse(day.isMeant(buffer, 20));
        assertFalse(day.isMeant(buffer, 30));
    }

    @Test
    void shouldWriteAndReadARetransmitRequest() {
        new RetransmitRequestEncoder()
                .wrap(buffer, 0)
                .length(7)
                .packetType(Packets.RETRANSMIT)
                .firstSequence(4_000_000_000L)
                .count(65_535);
        assertBytes("0007 54 EE6B2800 FFFF", RetransmitRequestDecoder.BLOCK_LENGTH);
        final RetransmitRequestDecoder request =
                new RetransmitRequestDecoder()
                        .wrap(buffer, 0, RetransmitRequestDecoder.BLOCK_LENGTH, 0);
        assertEquals(4_000_000_000L, request.firstSequence());
        assertEquals(65_535, request.count());
    }

    @Test
    void shouldWriteAndReadBlocksWithoutABody() {
        new BlockHeaderEncoder().wrap(buffer, 0).length(1).packetType(Packets.HEARTBEAT);
        new BlockHeaderEncoder().wrap(buffer, 3).length(1).packetType(Packets.LOGOFF);
        assertBytes("0001 52 0001 4F", 2 * BlockHeaderDecoder.BLOCK_LENGTH);
        assertTrue(Blocks.areWhole(buffer, 0, 6));
        assertEquals(Packets.LOGOFF, Blocks.type(buffer, Blocks.next(buffer, 0)));
    }

    @Test
    void shouldWriteAndReadTheAnswersToALogin() {
        new LoginAcceptedEncoder()
                .wrap(buffer, 0)
                .packetType(Packets.LOGIN_ACCEPTED)
                .sessionId("SP26112001")
                .nextSequence(4_000_000_000L);
        assertBytes("41 53503236313132303031 EE6B2800", LoginAcceptedDecoder.BLOCK_LENGTH);
        final LoginAcceptedDecoder accepted =
                new LoginAcceptedDecoder().wrap(buffer, 0, LoginAcceptedDecoder.BLOCK_LENGTH, 0);
        assertEquals("SP26112001", accepted.sessionId());
        assertEquals(4_000_000_000L, accepted.nextSequence());

        new LoginRejectedEncoder()
                .wrap(buffer, 0)
                .packetType(Packets.LOGIN_REJECTED)
                .reason(Packets.NO_SUCH_SESSION);
        assertBytes("4A 53", LoginRejectedDecoder.BLOCK_LENGTH);

        new ThrottleEncoder()
                .wrap(buffer, 0)
                .packetType(Packets.THROTTLE)
                .perSecond(4_000_000_000L)
                .burst(10)
                .mode((byte) 'Q');
        assertBytes("50 EE6B2800 0000000A 51", ThrottleDecoder.BLOCK_LENGTH);
        final ThrottleDecoder throttle =
                new ThrottleDecoder().wrap(buffer, 0, ThrottleDecoder.BLOCK_LENGTH, 0);
        assertEquals(4_000_000_000L, throttle.perSecond());
        assertEquals(10, throttle.burst());
        assertEquals('Q', throttle.mode());
    }

    @Test
    void shouldWriteAndReadSequencedPacketsAndTheirEnd() {
        new SequencedEncoder()
                .wrap(buffer, 0)
                .packetType(Packets.SEQUENCED)
                .sequence(4_000_000_000L)
                .count(2);
        assertBytes("53 EE6B2800 0002", SequencedDecoder.BLOCK_LENGTH);
        final SequencedDecoder sequenced =
                new SequencedDecoder().wrap(buffer, 0, SequencedDecoder.BLOCK_LENGTH, 0);
        assertEquals(4_000_000_000L, sequenced.sequence());
        assertEquals(2, sequenced.count());

        new EndOfSessionEncoder()
                .wrap(buffer, 0)
                .packetType(Packets.END_OF_SESSION)
                .total(4_000_000_000L);
        assertBytes("45 EE6B2800", EndOfSessionDecoder.BLOCK_LENGTH);
        assertEquals(
                4_000_000_000L,
                new EndOfSessionDecoder()
                        .wrap(buffer, 0, EndOfSessionDecoder.BLOCK_LENGTH, 0)
                        .total());
    }

    private void assertBytes(final String golden, final int length) {
        final byte[] bytes = new byte[length];
        buffer.getBytes(0, bytes);
        assertEquals(golden.replace(" ", ""), HexFormat.of().withUpperCase().formatHex(bytes));
    }
}
