package io.spindle.bpf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * The running kernel's own type information (Linux: Documentation/bpf/btf.rst), by which a program
 * names the kernel functions that it calls.
 *
 * <pre>
 *   0       2     3      4            8          12         16         20
 *   +-------+-----+------+------------+----------+----------+----------+----------+
 *   | eb9f  | ver | flags| header len | type off | type len | text off | text len |
 *   +-------+-----+------+------------+----------+----------+----------+----------+
 *   type:  name offset 4 | kind and count 4 | size or type 4 | what the kind adds
 * </pre>
 *
 * Offsets count from the end of the header; types are numbered from 1 in the order they lie in.
 */
public final class KernelTypes {
    /** Where a kernel built with type information shows it. */
    public static final Path RUNNING_KERNEL = Path.of("/sys/kernel/btf/vmlinux");

    private static final int MAGIC = 0xEB9F;
    private static final int HEADER_LENGTH_OFFSET = 4;
    private static final int TYPES_OFFSET = 8;
    private static final int TYPES_LENGTH_OFFSET = 12;
    private static final int TEXT_OFFSET = 16;
    private static final int TYPE_LENGTH = 12;
    private static final int KIND_SHIFT = 24;
    private static final int KIND_MASK = 0x1F;
    private static final int COUNT_MASK = 0xFFFF;
    private static final int FUNCTION = 12;

    private final ByteBuffer bytes;

    private KernelTypes(final byte[] bytes) throws IOException {
        this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        if (bytes.length < TYPE_LENGTH || Short.toUnsignedInt(this.bytes.getShort(0)) != MAGIC) {
            throw new IOException("no kernel type information");
        }
    }

    /**
     * The number of a kernel function's type.
     *
     * @return empty when the file does not know the function or cannot be read
     */
    public static OptionalInt function(final Path file, final String name) {
        try {
            return new KernelTypes(Files.readAllBytes(file)).find(name);
        } catch (final IOException | IndexOutOfBoundsException unreadable) {
            return OptionalInt.empty();
        }
    }

    private OptionalInt find(final String name) {
        final int header = bytes.getInt(HEADER_LENGTH_OFFSET);
        final int text = header + bytes.getInt(TEXT_OFFSET);
        final int end = header + bytes.getInt(TYPES_OFFSET) + bytes.getInt(TYPES_LENGTH_OFFSET);
        int at = header + bytes.getInt(TYPES_OFFSET);
        for (int id = 1; at < end; id++) {
            final int shape = bytes.getInt(at + Integer.BYTES);
            final int kind = shape >>> KIND_SHIFT & KIND_MASK;
            if (kind == FUNCTION && isNamed(text + bytes.getInt(at), name)) {
                return OptionalInt.of(id);
            }
            at += TYPE_LENGTH + added(kind, shape & COUNT_MASK);
        }
        return OptionalInt.empty();
    }

    private boolean isNamed(final int at, final String name) {
        final byte[] wanted = name.getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < wanted.length; i++) {
            if (bytes.get(at + i) != wanted[i]) {
                return false;
            }
        }
        return bytes.get(at + wanted.length) == 0;
    }

    /** Bytes behind the three words of a type, by its kind and the count that it states. */
    private static int added(final int kind, final int count) {
        return switch (kind) {
            case 1, 14, 17 -> 4; // integer, variable, declaration tag
            case 3 -> 12; // array
            case 4, 5, 15, 19 -> 12 * count; // structure, union, data section, 64-bit enumeration
            case 6, 13 -> 8 * count; // enumeration, function prototype
            default -> 0;
        };
    }
}
