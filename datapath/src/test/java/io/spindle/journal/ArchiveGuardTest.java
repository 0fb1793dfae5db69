package io.spindle.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.spindle.log.DataFolder;
import io.spindle.standby.StandbyKey;

import org.agrona.IoUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Whoever answers where the primary's Archive should may ask, and must learn nothing he can use.
 */
class ArchiveGuardTest {
    private static final int CHALLENGE = 32;

    @TempDir Path path;
    private DataFolder folder;
    private StandbyKey key;
    private ArchiveGuard guard;

    @BeforeEach
    void makeKey() throws IOException {
        folder = new DataFolder(path).create();
        key = StandbyKey.made(folder);
        guard = new ArchiveGuard(key);
    }

    @AfterEach
    void removeSharedMemory() {
        IoUtil.delete(folder.sharedMemory().toFile(), true);
    }

    /** All of a message but its tag, of a standby that has taken over. */
    private static byte[] promotion() {
        final ByteBuffer message = ByteBuffer.allocate(72).order(ByteOrder.LITTLE_ENDIAN);
        message.put("SPDLSTBY".getBytes(StandardCharsets.US_ASCII)).putLong(1_000_000);
        return message.array();
    }

    @Test
    void shouldNotSealAMessageForTheOtherEnd() {
        assertEquals(0, guard.onChallenge(promotion()).length);
        for (int length = 0; length < 128; length++) {
            final byte[] asked = Arrays.copyOf(promotion(), length);
            final byte[] answer = guard.onChallenge(asked);
            assertEquals(length == CHALLENGE ? StandbyKey.TAG_LENGTH : 0, answer.length);
            assertFalse(Arrays.equals(key.tag(asked), answer), "length " + length);
        }
    }

    @Test
    void shouldAnswerWhoeverAsksUnderTheSameKeyAlike() throws IOException {
        final byte[] asked = new byte[CHALLENGE];
        final ArchiveGuard other = new ArchiveGuard(StandbyKey.of(folder));
        assertArrayEquals(guard.onChallenge(asked), other.onChallenge(asked));
    }
}
