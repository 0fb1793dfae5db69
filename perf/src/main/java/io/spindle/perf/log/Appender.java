package io.spindle.perf.log;

import org.agrona.DirectBuffer;

/** One way to write a record down, with whatever drains it. */
interface Appender extends AutoCloseable {
    /** False when there is no room for now. */
    boolean append(DirectBuffer record, int length);

    @Override
    void close();
}
