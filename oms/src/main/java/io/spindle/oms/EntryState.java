package io.spindle.oms;

/** What a scope may still do, from everything to nothing; a higher number is stricter. */
public final class EntryState {
    public static final int ACTIVE = 0;
    public static final int REDUCE_ONLY = 1;
    public static final int CANCEL_ONLY = 2;
    public static final int HALTED = 3;

    /** Not a state. */
    static final int UNKNOWN = -1;

    private EntryState() {}

    /** The state that commands call by this character. */
    static int of(final int character) {
        switch (character) {
            case 'A':
                return ACTIVE;
            case 'R':
                return REDUCE_ONLY;
            case 'C':
                return CANCEL_ONLY;
            case 'H':
                return HALTED;
            default:
                return UNKNOWN;
        }
    }
}
