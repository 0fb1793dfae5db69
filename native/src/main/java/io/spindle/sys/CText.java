package io.spindle.sys;

import org.agrona.concurrent.UnsafeBuffer;

/** Text that C code owns. */
public final class CText {
    private static final int LIMIT = 256;

    private CText() {}

    /** Reads up to the terminating zero, or {@value #LIMIT} bytes. */
    public static String at(final long address) {
        final UnsafeBuffer bytes = new UnsafeBuffer(address, LIMIT);
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < LIMIT && bytes.getByte(i) != 0; i++) {
            text.append((char) bytes.getByte(i));
        }
        return text.toString();
    }
}
