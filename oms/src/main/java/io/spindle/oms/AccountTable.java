package io.spindle.oms;

/**
 * Trading accounts by number, and what they own. Same contract as {@link OrderTable}.
 *
 * <p>Two accounts belong to the house: every movement in or out of the system is booked against
 * {@link #EXTERNAL}, fees against {@link #FEES}; so cash and units sum to zero over all accounts.
 */
public final class AccountTable {
    /** No such account. */
    public static final int NONE = -1;

    public static final int EXTERNAL = 0;
    public static final int FEES = 1;

    /** May sell what it does not hold. */
    public static final int FLAG_SHORT_SELLING = 1;

    /** Pays initial margin instead of the full value. */
    public static final int FLAG_MARGIN = 2;

    /** May use what it has traded but not yet received. */
    public static final int FLAG_TRADE_UNSETTLED = 4;

    static final int CODE_HIGH = 0;
    static final int CODE_LOW = 8;
    static final int FIRM = 16;
    static final int FIRM_INDEX = 20;
    static final int FLAGS = 24;
    static final int NEXT_ALIKE = 28;
    static final int OPEN_ORDERS = 32;
    static final int FEE_SCHEDULE = 36;
    static final int ALIKE_COUNT = 40;

    /** Whether the effective line says anything. */
    static final int LIMITED = 44;

    static final int RATED = 45;
    static final int ALIKE_SINCE = 48;
    static final int ALIKE_PRINT = 56;
    static final int EFFECTIVE = 64;
    static final int OWN = EFFECTIVE + LimitLine.LENGTH;
    static final int RATE = OWN + LimitLine.LENGTH;
    private static final int LENGTH = 256;
    static final int HOUSE_ACCOUNTS = 2;
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private final Slab records;
    private final LongIndex byCode;

    AccountTable(final EngineState state, final int maxAccounts) {
        this.records = state.slab(LENGTH, maxAccounts + HOUSE_ACCOUNTS);
        this.byCode = new LongIndex(state, maxAccounts + HOUSE_ACCOUNTS);
        add(Ascii.pack("EXTERNAL"), Ascii.BLANK);
        add(Ascii.pack("FEES"), Ascii.BLANK);
    }

    /** Accounts defined, the house's included; they are numbered 0 … count − 1. */
    public int count() {
        return records.limit();
    }

    public boolean isDefined(final int account) {
        return account >= 0 && account < records.limit();
    }

    /**
     * The account with this name of 16 characters, packed, or {@link #NONE}. Codes are each firm's
     * own: {@code BETA:CLIENT} names the one of that firm, a code alone the first that was defined
     * with it.
     */
    public int find(final long nameHigh, final long nameLow) {
        final int colon = colon(nameHigh);
        if (colon > 0) {
            return qualified(colon, nameHigh, nameLow);
        }
        int found = NONE;
        for (int account = byCode.find(key(nameHigh, nameLow));
                account != NONE;
                account = records.getInt(account, NEXT_ALIKE)) {
            found = codeHigh(account) == nameHigh && codeLow(account) == nameLow ? account : found;
        }
        return found;
    }

    /** The {@code colon}th character parts the firm's name from the code. */
    private int qualified(final int colon, final long nameHigh, final long nameLow) {
        final int firmBits = colon * Byte.SIZE;
        final long firm = nameHigh & -1L << Long.SIZE - firmBits | Ascii.BLANK >>> firmBits;
        final int before = firmBits + Byte.SIZE;
        return find(
                (int) (firm >>> Integer.SIZE),
                nameHigh << before | nameLow >>> Long.SIZE - before,
                nameLow << before | Ascii.BLANK >>> Long.SIZE - before);
    }

    /** A firm's own account with this code, or {@link #NONE}. */
    int find(final int firm, final long codeHigh, final long codeLow) {
        int account = byCode.find(key(codeHigh, codeLow));
        while (account != NONE
                && (firm(account) != firm
                        || codeHigh(account) != codeHigh
                        || codeLow(account) != codeLow)) {
            account = records.getInt(account, NEXT_ALIKE);
        }
        return account;
    }

    /** What a session of the firm means by this name: its own, else whosever it is. */
    int findFor(final int firm, final long nameHigh, final long nameLow) {
        final int own = find(firm, nameHigh, nameLow);
        return own != NONE ? own : find(nameHigh, nameLow);
    }

    /** Where the firm's name ends, 0 for a code alone. */
    private static int colon(final long nameHigh) {
        for (int i = 1; i <= Integer.BYTES; i++) {
            if ((nameHigh >>> Long.SIZE - (i + 1) * Byte.SIZE & 0xFF) == ':') {
                return i;
            }
        }
        return 0;
    }

    /** A code is not blank, and has no colon, which ends a firm's name. */
    static boolean isCode(final long codeHigh, final long codeLow) {
        boolean isCode = codeHigh != Ascii.BLANK;
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            isCode &= (codeHigh >>> shift & 0xFF) != ':' && (codeLow >>> shift & 0xFF) != ':';
        }
        return isCode;
    }

    /** Whether a code leaves room for its firm's name before it: at most eleven characters. */
    static boolean isShort(final long codeLow) {
        return (int) codeLow == (int) Ascii.BLANK && (codeLow >>> Integer.SIZE & 0xFF) == ' ';
    }

    public long codeHigh(final int account) {
        return records.getLong(account, CODE_HIGH);
    }

    public long codeLow(final int account) {
        return records.getLong(account, CODE_LOW);
    }

    /** Four characters, packed; 0 for the house's own. */
    public int firm(final int account) {
        return records.getInt(account, FIRM);
    }

    int firmIndex(final int account) {
        return records.getInt(account, FIRM_INDEX);
    }

    public int flags(final int account) {
        return records.getInt(account, FLAGS);
    }

    /** Open orders of the account. */
    public int openOrders(final int account) {
        return records.getInt(account, OPEN_ORDERS);
    }

    /** Number of its fee schedule. */
    public int feeSchedule(final int account) {
        return records.getInt(account, FEE_SCHEDULE);
    }

    Slab records() {
        return records;
    }

    int capacity() {
        return records.capacity();
    }

    boolean isFull() {
        return records.limit() == records.capacity();
    }

    int add(final long codeHigh, final long codeLow) {
        final int account = records.limit();
        records.limit(account + 1);
        records.clear(account);
        records.putLong(account, CODE_HIGH, codeHigh);
        records.putLong(account, CODE_LOW, codeLow);
        LimitLine.open(records, account, EFFECTIVE);
        LimitLine.open(records, account, OWN);
        index(account);
        return account;
    }

    void rebuild() {
        byCode.clear();
        for (int account = 0; account < records.limit(); account++) {
            index(account);
        }
    }

    private void index(final int account) {
        final long key = key(codeHigh(account), codeLow(account));
        records.putInt(account, NEXT_ALIKE, byCode.find(key));
        byCode.put(key, account);
    }

    private static long key(final long codeHigh, final long codeLow) {
        return (codeHigh * SPREAD ^ Long.rotateLeft(codeLow, 31)) | 1L;
    }
}
