package io.spindle.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.agrona.IoUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** A request that somebody else left, or took back, between the look and the answer. */
class FolderRequestTest {
    @TempDir Path path;
    private DataFolder folder;
    private FolderRequest request;
    private Path file;

    @BeforeEach
    void open() throws IOException {
        folder = new DataFolder(path).create();
        request = FolderRequest.purge(folder);
        file = folder.run().resolve("purge");
    }

    @AfterEach
    void removeSharedMemory() {
        IoUtil.delete(folder.sharedMemory().toFile(), true);
    }

    @Test
    void shouldGiveWhatWasAskedFor() throws IOException {
        Files.writeString(file, "4096\n");
        assertTrue(request.isMade(0));
        assertEquals(OptionalLong.of(4096), request.argument());
        request.granted();
        assertFalse(Files.exists(file));
    }

    @Test
    void shouldTakeWhatCannotBeReadAwayAndWhatIsGoneForWithdrawn() throws IOException {
        for (final byte[] bytes : new byte[][] {{}, {'x'}, {(byte) 0xFF, (byte) 0xC0}}) {
            Files.write(file, bytes);
            assertEquals(OptionalLong.empty(), request.argument());
            assertFalse(Files.exists(file));
        }
        assertEquals(OptionalLong.empty(), request.argument());
    }
}
