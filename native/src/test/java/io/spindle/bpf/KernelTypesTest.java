package io.spindle.bpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalInt;

class KernelTypesTest {
    private static final int HEADER = 24;
    private static final int INTEGER = 1 << 24;
    private static final int STRUCTURE_OF_TWO = 4 << 24 | 2;
    private static final int FUNCTION = 12 << 24;

    @TempDir private Path folder;

    /** An integer, a structure of two members, and the functions f and fg. */
    private static byte[] types() {
        final byte[] text = "\0fg\0f\0".getBytes(StandardCharsets.US_ASCII);
        final int[] words = {
            0,
            INTEGER,
            4,
            32,
            0,
            STRUCTURE_OF_TWO,
            8,
            0,
            1,
            0,
            0,
            1,
            32,
            1,
            FUNCTION,
            0,
            4,
            FUNCTION,
            0
        };
        final ByteBuffer file =
                ByteBuffer.allocate(HEADER + words.length * Integer.BYTES + text.length)
                        .order(ByteOrder.nativeOrder());
        file.putShort((short) 0xEB9F).put((byte) 1).put((byte) 0).putInt(HEADER);
        file.putInt(0).putInt(words.length * Integer.BYTES);
        file.putInt(words.length * Integer.BYTES).putInt(text.length);
        Arrays.stream(words).forEach(file::putInt);
        return file.put(text).array();
    }

    private OptionalInt find(final byte[] bytes, final String name) throws IOException {
        return KernelTypes.function(Files.write(folder.resolve("btf"), bytes), name);
    }

    @Test
    void shouldNumberAFunctionByItsPlaceAmongTheTypes() throws IOException {
        assertEquals(OptionalInt.of(3), find(types(), "fg"));
        assertEquals(OptionalInt.of(4), find(types(), "f"));
        assertEquals(OptionalInt.empty(), find(types(), "g"));
    }

    @Test
    void shouldFindNothingInWhatIsCutShortOrSomethingElse() throws IOException {
        final byte[] whole = types();
        for (int length = 0; length < whole.length - 4; length++) {
            assertEquals(OptionalInt.empty(), find(Arrays.copyOf(whole, length), "f"));
        }
        assertEquals(OptionalInt.empty(), find(new byte[100], "f"));
        assertEquals(OptionalInt.empty(), KernelTypes.function(folder.resolve("none"), "f"));
    }

    @Test
    void shouldReadTheRunningKernel() {
        final boolean present = Files.isReadable(KernelTypes.RUNNING_KERNEL);
        if (!present) {
            System.out.println("KernelTypesTest: skipped, this kernel shows no types");
        }
        assumeTrue(present);
        assertTrue(KernelTypes.function(KernelTypes.RUNNING_KERNEL, "vfs_read").isPresent());
    }
}
