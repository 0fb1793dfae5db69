package io.spindle.codec.itch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.spindle.codec.SessionId;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import java.util.HexFormat;

class MoldPacketTest {
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[MoldPacket.HEADER_LENGTH]);

    @Test
    void shouldEncodeTheHeader() {
        MoldPacket.encodeHeader(
                buffer, 0, SessionId.head(20261120), SessionId.tail(1), 1_000_000_007L, 3);

        final String golden = "53503236313132303031 000000003b9aca07 0003";
        assertEquals(golden.replace(" ", ""), HexFormat.of().formatHex(buffer.byteArray()));
    }

    @Test
    void shouldReadTheHeader() {
        final byte[] packet =
                HexFormat.of().parseHex("53503236313132303031" + "000000003b9aca07" + "ffff");
        buffer.putBytes(0, packet);

        assertEquals(SessionId.head(20261120), MoldPacket.sessionHead(buffer, 0));
        assertEquals(SessionId.tail(1), MoldPacket.sessionTail(buffer, 0));
        assertEquals(1_000_000_007L, MoldPacket.sequence(buffer, 0));
        assertEquals(MoldPacket.END_OF_SESSION, MoldPacket.count(buffer, 0));
    }
}
