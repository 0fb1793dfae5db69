package io.spindle.feed;

import java.nio.ByteBuffer;

/** A stream of numbered messages, the first being 1, each behind two bytes of length. */
interface BlockSource {
    /** Sequence of the first message that is not there yet. */
    long nextSequence();

    /**
     * Copies messages from {@code sequence} on, as many as fit, at most {@code maxCount}.
     *
     * @return how many were copied
     */
    int read(long sequence, int maxCount, ByteBuffer target);
}
