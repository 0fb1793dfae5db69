package io.spindle.perf.load;

import java.io.IOException;

/** One of those whose messages the rig sends: due at a fixed time, timed from then. */
interface RigParty extends AutoCloseable {
    /** Hears of every first answer. */
    @FunctionalInterface
    interface Answers {
        void onAnswer(long dueNs);
    }

    void login(long nowNs);

    /** True when messages may be sent. */
    boolean isReady();

    /** Sends the next message. */
    void send(long dueNs, long nowNs);

    /** Receives; returns how many datagrams. */
    int poll(long nowNs);

    /** Messages without an answer. */
    long pending();

    /** Messages that were answered with a refusal or not at all, as the server says. */
    long refused();

    /** Why the last of those was refused, in words; empty if none was. */
    String lastRefusal();

    /** Executions that were reported, each side of a trade one; may be asked from any thread. */
    long executions();

    void logoff(long nowNs);

    @Override
    void close() throws IOException;
}
