package io.spindle.perf.wire;

/** A client's side of a conversation of one question at a time. */
interface Dialogue extends AutoCloseable {
    /** Whatever comes before the first question. */
    void begin() throws java.io.IOException;

    /** Sends the next question. */
    void ask();

    /** Looks once whether its answer is there. */
    boolean isAnswered();

    @Override
    void close();
}
