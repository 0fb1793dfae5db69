package io.spindle.loop;

/** What the loop counts about the network. One writer, the loop. */
final class NetCounters {
    long otherProtocol;
    long malformed;
    long otherPort;

    /** Times that new orders began to be refused because datagrams had waited too long. */
    long overloads;
}
