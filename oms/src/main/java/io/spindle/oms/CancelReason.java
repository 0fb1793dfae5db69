package io.spindle.oms;

/** Why lots left the market untraded: OUCH 5.0's characters, lower case ones private. */
public final class CancelReason {
    public static final int USER = 'U';
    public static final int IMMEDIATE_OR_CANCEL = 'I';

    /** The order's time is over, of a day order its day: it ends as expired. */
    public static final int TIMEOUT = 'T';

    public static final int SUPERVISORY = 'S';
    public static final int SELF_MATCH = 'Q';
    public static final int SYSTEM = 'Z';
    public static final int COLLAR = 'K';
    public static final int HALTED = 'H';

    /** It was meant for an auction that is over. */
    public static final int CLOSED = 'E';

    public static final int POST_ONLY = 'F';
    public static final int DISCONNECT = 'c';
    public static final int KILL_SWITCH = 'k';
    public static final int LINKED_ORDER = 'o';
    public static final int AUTHORISATION = 'a';

    /** Another venue has refused or ended it. */
    public static final int VENUE = 'v';

    /** The order met the bound on fills of one sweep. */
    public static final int SWEEP_BOUND = 'b';

    private CancelReason() {}

    /** How an order ends that has nothing left after a cancel for this reason. */
    static OrderState end(final int reason) {
        return reason == TIMEOUT ? OrderState.EXPIRED : OrderState.CANCELLED;
    }

    /** The character for a reason as the matcher hands it out: ours are passed through. */
    static int of(final int reason) {
        switch (reason) {
            case io.spindle.matcher.CancelReason.IMMEDIATE:
            case io.spindle.matcher.CancelReason.FILL_OR_KILL:
            case io.spindle.matcher.CancelReason.MIN_LOTS:
                return IMMEDIATE_OR_CANCEL;
            case io.spindle.matcher.CancelReason.SWEEP_BOUND:
                return SWEEP_BOUND;
            case io.spindle.matcher.CancelReason.POST_ONLY:
                return POST_ONLY;
            case io.spindle.matcher.CancelReason.SELF_TRADE:
                return SELF_MATCH;
            case io.spindle.matcher.CancelReason.PRICE_BAND:
                return COLLAR;
            case io.spindle.matcher.CancelReason.AUCTION_ONLY:
                return CLOSED;
            case io.spindle.matcher.CancelReason.LINKED:
                return LINKED_ORDER;
            case io.spindle.matcher.CancelReason.NO_PRICE_LEVEL:
                return SYSTEM;
            default:
                return reason;
        }
    }
}
