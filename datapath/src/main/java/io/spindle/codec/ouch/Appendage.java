package io.spindle.codec.ouch;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Walks and writes the elements of an appendage. Callers have checked {@link #isWhole} first, so
 * that the walk needs no checks.
 *
 * <pre>
 *  +--------+-----+-------------------+
 *  | length | tag | value             |   length counts tag and value
 *  +--------+-----+-------------------+
 * </pre>
 */
public final class Appendage {
    /** No such element. */
    public static final int NONE = -1;

    private static final int TAG_OFFSET = 1;
    private static final int VALUE_OFFSET = 2;

    private Appendage() {}

    /** True when the bytes are complete elements, or none at all. */
    public static boolean isWhole(final DirectBuffer buffer, final int offset, final int length) {
        final int end = offset + length;
        int element = offset;
        while (element < end && buffer.getByte(element) != 0) {
            element = next(buffer, element);
        }
        return element == end;
    }

    /** Offset of the element after this one. */
    public static int next(final DirectBuffer buffer, final int element) {
        return element + 1 + (buffer.getByte(element) & 0xFF);
    }

    public static int tag(final DirectBuffer buffer, final int element) {
        return buffer.getByte(element + TAG_OFFSET) & 0xFF;
    }

    public static int valueOffset(final int element) {
        return element + VALUE_OFFSET;
    }

    public static int valueLength(final DirectBuffer buffer, final int element) {
        return (buffer.getByte(element) & 0xFF) - 1;
    }

    /** Offset of the first value with this tag, or {@link #NONE}. */
    public static int find(
            final DirectBuffer buffer, final int offset, final int end, final int tag) {
        for (int element = offset; element < end; element = next(buffer, element)) {
            if (tag(buffer, element) == tag) {
                return valueOffset(element);
            }
        }
        return NONE;
    }

    /**
     * Writes an element's length and tag.
     *
     * @return offset at which its value, {@link Tag#valueLength} bytes, is to be written
     */
    public static int begin(final MutableDirectBuffer buffer, final int offset, final int tag) {
        buffer.putByte(offset, (byte) (1 + Tag.valueLength(tag)));
        buffer.putByte(offset + TAG_OFFSET, (byte) tag);
        return offset + VALUE_OFFSET;
    }
}
