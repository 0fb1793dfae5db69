package io.spindle.oms;

import io.spindle.matcher.Cold;

/** Names of up to eight ASCII characters packed into integers, first on top, padded with spaces. */
@Cold
public final class Ascii {
    /** Eight spaces. */
    public static final long BLANK = 0x2020_2020_2020_2020L;

    private Ascii() {}

    /** Packs up to eight characters. */
    public static long pack(final String text) {
        return pack(text, 0);
    }

    /** Packs the eight characters from {@code from} on, as far as there are any. */
    public static long pack(final String text, final int from) {
        long packed = 0;
        for (int i = from; i < from + Long.BYTES; i++) {
            packed = packed << 8 | (i < text.length() ? text.charAt(i) & 0x7F : ' ');
        }
        return packed;
    }

    /** Packs up to four characters. */
    public static int packInt(final String text) {
        return (int) (pack(text) >>> 32);
    }

    /** The text without its padding. */
    public static String unpack(final long packed) {
        final StringBuilder text = new StringBuilder(Long.BYTES);
        for (int shift = 56; shift >= 0; shift -= 8) {
            text.append((char) (packed >>> shift & 0x7F));
        }
        return text.toString().stripTrailing();
    }

    /** The text of four packed characters without its padding. */
    public static String unpack(final int packed) {
        return unpack((long) packed << 32 | BLANK >>> 32);
    }

    /** The text of sixteen packed characters without its padding. */
    public static String unpack(final long high, final long low) {
        final String first = unpack(high);
        final String second = unpack(low);
        return second.isEmpty() ? first : first + " ".repeat(8 - first.length()) + second;
    }
}
