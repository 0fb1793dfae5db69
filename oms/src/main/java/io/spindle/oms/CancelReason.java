package io.spindle.oms;

/** Why lots left the market untraded: OUCH 5.0's characters, lower case ones private. */
public final class CancelReason {
    public static final int USER = 'U';
    public static final int IMMEDIATE_OR_CANCEL = 'I';
    public static final int TIMEOUT = 'T';
    public static final int SUPERVISORY = 'S';
    public static final int SELF_MATCH = 'Q';
    public static final int SYSTEM = 'Z';
    public static final int COLLAR = 'K';
    public static final int HALTED = 'H';
    public static final int CLOSED = 'E';
    public static final int POST_ONLY = 'F';
    public static final int DISCONNECT = 'c';
    public static final int KILL_SWITCH = 'k';
    public static final int LINKED_ORDER = 'o';
    public static final int AUTHORISATION = 'a';

    /** The order met the bound on fills of one sweep. */
    public static final int SWEEP_BOUND = 'b';

    private CancelReason() {}

    /** The character for a reason as the matcher hands it out: ours are passed through. */
    static int of(final int reason) {
        if (reason < io.spindle.matcher.CancelReason.FIRST) {
            return reason;
        }
        return reason == io.spindle.matcher.CancelReason.IMMEDIATE
                ? IMMEDIATE_OR_CANCEL
                : SWEEP_BOUND;
    }
}
