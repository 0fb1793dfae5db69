package io.spindle.mgmt.control;

/** Names as commands carry them: ASCII, padded with spaces, first character on top. */
final class Packed {
    private Packed() {}

    static long eight(final String text) {
        return eight(text, 0);
    }

    /** The eight characters from {@code from} on. */
    static long eight(final String text, final int from) {
        long packed = 0;
        for (int i = from; i < from + Long.BYTES; i++) {
            packed = packed << Byte.SIZE | (i < text.length() ? text.charAt(i) & 0x7F : ' ');
        }
        return packed;
    }

    static int four(final String text) {
        return (int) (eight(text) >>> Integer.SIZE);
    }
}
