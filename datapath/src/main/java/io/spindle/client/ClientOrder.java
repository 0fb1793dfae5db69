package io.spindle.client;

import org.agrona.concurrent.UnsafeBuffer;

/** One order as its client knows it. */
public final class ClientOrder {
    /** Where an order stands. */
    public enum Status {
        /** Sent, not answered yet. */
        SENT,
        /** Accepted and open. */
        LIVE,
        FILLED,
        CANCELED,
        REJECTED;

        public boolean isFinal() {
            return this == FILLED || this == CANCELED || this == REJECTED;
        }
    }

    private static final int MAX_MESSAGE_LENGTH = 256;

    final UnsafeBuffer message = new UnsafeBuffer(new byte[MAX_MESSAGE_LENGTH]);
    int messageLength;
    Status status = Status.SENT;
    long userRefNum;
    long pendingNumber;
    long leaves;
    long executed;
    long executedValue;
    long orderReference;
    long cancelTo = -1;
    int reason;
    long sentNs;
    long patienceNs;
    long cancelSentNs;
    long cancelPatienceNs;

    ClientOrder() {}

    public Status status() {
        return status;
    }

    /** Number under which the server knows the order; changes with a replace. */
    public long userRefNum() {
        return userRefNum;
    }

    /** Quantity still open. */
    public long leaves() {
        return leaves;
    }

    /** Quantity traded. */
    public long executed() {
        return executed;
    }

    /** Sum of price times quantity traded. */
    public long executedValue() {
        return executedValue;
    }

    /** The market's number for the order, as on the feed; 0 before it is accepted. */
    public long orderReference() {
        return orderReference;
    }

    /** A replace, cut or cancel of the order was sent and is not answered. */
    public boolean isChanging() {
        return pendingNumber != 0 || cancelTo >= 0;
    }

    /** Cancel reason character or reject code of an order that ended so. */
    public int reason() {
        return reason;
    }
}
