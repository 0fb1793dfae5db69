package io.spindle.perf.flow;

/** One message of a flow: filled by {@link OrderFlow#next}, reused for ever. */
public final class FlowMessage {
    /** What the message asks for. */
    public enum Kind {
        ENTER,
        REPLACE,
        CANCEL
    }

    /** When it is sent, from the start of the flow. */
    public long timeNs;

    public Kind kind;

    /** Who sends it, from 0. */
    public int session;

    /** In what, from 0. */
    public int instrument;

    /** {@code 'B'} or {@code 'S'}. */
    public char side;

    public long priceTicks;
    public long quantity;

    /** True for an immediate order, false for one that rests. */
    public boolean immediate;

    /** The session's number for the new order; for a cancel the number of the old one. */
    public int number;

    /** The order that a replace takes the place of. */
    public int originalNumber;
}
