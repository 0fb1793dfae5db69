package io.spindle.matcher;

import org.agrona.DirectBuffer;

/** Takes the records of a book's image, in the order in which they must be put back. */
@FunctionalInterface
public interface ImageSink {
    /** The bytes are valid until this returns. */
    void onRecord(DirectBuffer buffer, int offset, int length);
}
