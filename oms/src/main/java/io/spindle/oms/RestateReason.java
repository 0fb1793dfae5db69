package io.spindle.oms;

/** Why an order was restated: OUCH 5.0's characters, {@code T} and {@code D} private. */
public final class RestateReason {
    /** An iceberg shows its next part. */
    public static final int REFRESH = 'R';

    /** The displayed price or size was changed by the system. */
    public static final int PRICE = 'P';

    /** A stop became live. */
    public static final int TRIGGERED = 'T';

    /** Carried into a new trading day. */
    public static final int DAY_ROLL = 'D';

    private RestateReason() {}
}
