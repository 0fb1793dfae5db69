package io.spindle.oms;

import org.agrona.MutableDirectBuffer;

/** Order-entry sessions, numbered from 0. Same contract as {@link OrderTable}. */
public final class SessionTable {
    /** No such session. */
    public static final int NONE = -1;

    /** Cancel the session's orders when it goes down. */
    public static final int FLAG_CANCEL_ON_DISCONNECT = 1;

    /** While it is up, nobody can take it over from another source. */
    public static final int FLAG_KEEPS_SOURCE = 2;

    /** Every datagram carries a keyed token; the first 16 bytes of the secret are the key. */
    public static final int FLAG_TOKEN = 4;

    public static final int SALT_LENGTH = 16;
    public static final int SECRET_LENGTH = 32;
    public static final int MAX_USER_REF_IDX = 255;

    static final byte DOWN = 0;
    static final byte CURRENT = 1;

    /** Up, but last logged in before the day began. */
    static final byte OUTDATED = 2;

    // First line: what every order needs.
    static final int USERNAME = 0;
    static final int FIRM = 8;
    static final int FLAGS = 12;
    static final int ACCOUNT = 16;
    static final int FIRM_INDEX = 20;
    static final int NEXT_OUTBOUND = 24;
    static final int OPEN_ORDERS = 32;

    /** Last number of index 0; those of the others are in a table of their own. */
    static final int FIRST_LAST_USER_REF_NUM = 36;

    static final int QUEUED = 40;

    /** {@link #DOWN}, {@link #CURRENT} or {@link #OUTDATED}. */
    static final int UP = 44;

    /** Whether the own line says anything. */
    static final int LIMITED = 45;

    static final int RATED = 46;
    static final int DAY_BEFORE = 48;
    static final int OWN = 64;
    static final int RATE = OWN + LimitLine.LENGTH;
    static final int QUEUE_HEAD = RATE + RateGate.LENGTH;
    static final int QUEUE_TAIL = QUEUE_HEAD + Integer.BYTES;
    static final int ADDRESS = QUEUE_TAIL + Integer.BYTES;
    static final int PORT = ADDRESS + Integer.BYTES;
    static final int GRACE_NS = 192;
    static final int MAC = GRACE_NS + Long.BYTES;
    static final int SALT = MAC + Long.BYTES;
    static final int SECRET = SALT + SALT_LENGTH;
    private static final int LENGTH = SECRET + SECRET_LENGTH;

    private final Slab records;
    private final Slab numbers;
    private final LongIndex byUsername;

    SessionTable(final EngineState state, final int maxSessions) {
        this.records = state.slab(LENGTH, maxSessions);
        this.numbers = state.slab((MAX_USER_REF_IDX + 1) * Integer.BYTES, maxSessions);
        this.byUsername = new LongIndex(state, maxSessions);
    }

    /** Sessions are numbered below this. */
    public int capacity() {
        return records.capacity();
    }

    /** Sessions defined; they are numbered 0 … count − 1. */
    public int count() {
        return records.limit();
    }

    public boolean isDefined(final int session) {
        return session >= 0 && session < records.limit();
    }

    /** The session with this packed name, or {@link #NONE}. */
    public int find(final long username) {
        return username == 0 ? NONE : byUsername.find(username);
    }

    public long username(final int session) {
        return records.getLong(session, USERNAME);
    }

    /** Four characters, packed. */
    public int firm(final int session) {
        return records.getInt(session, FIRM);
    }

    public int account(final int session) {
        return records.getInt(session, ACCOUNT);
    }

    public int flags(final int session) {
        return records.getInt(session, FLAGS);
    }

    /** IPv4 address that is answered, as learnt at login. */
    public int address(final int session) {
        return records.getInt(session, ADDRESS);
    }

    public int port(final int session) {
        return records.getShort(session, PORT);
    }

    public long mac(final int session) {
        return records.getLong(session, MAC);
    }

    public boolean isUp(final int session) {
        return records.getByte(session, UP) != DOWN;
    }

    /**
     * True if the session has logged in since the day, or its epoch, began. One that has not does
     * not know yet that its sequences begin at 1 again.
     */
    public boolean isCurrent(final int session) {
        return records.getByte(session, UP) == CURRENT;
    }

    /** Unsigned; 0 before the first. */
    public int lastUserRefNum(final int session, final int userRefIdx) {
        return userRefIdx == 0
                ? records.getInt(session, FIRST_LAST_USER_REF_NUM)
                : numbers.getInt(session, userRefIdx * Integer.BYTES);
    }

    /**
     * Sequence of the next message to the session, the first of a day being 1. Every call of an
     * {@link OrderEvents} method is one message to the session that it concerns.
     */
    public long nextOutboundSequence(final int session) {
        return records.getLong(session, NEXT_OUTBOUND);
    }

    /** Messages to the session on the day, or in the epoch, before the present one. */
    public long dayBefore(final int session) {
        return records.getLong(session, DAY_BEFORE);
    }

    /** Open orders entered by the session. */
    public int openOrders(final int session) {
        return records.getInt(session, OPEN_ORDERS);
    }

    /** How long after a disconnect its orders stay, for a session that cancels them. */
    public long graceNs(final int session) {
        return records.getLong(session, GRACE_NS);
    }

    /** Time between two orders at the session's rate limit; 0 = no limit. */
    public long rateIntervalNs(final int session) {
        return records.getLong(session, RATE + RateGate.INTERVAL_NS);
    }

    /** Orders that may come at once under the rate limit. */
    public int rateBurst(final int session) {
        return records.getInt(session, RATE + RateGate.BURST);
    }

    /**
     * What becomes of an order above the rate: {@code R}ejected, {@code Q}ueued, {@code L}og out.
     */
    public int rateMode(final int session) {
        return records.getByte(session, RATE + RateGate.MODE);
    }

    /** Copies {@link #SALT_LENGTH} bytes. */
    public void salt(final int session, final MutableDirectBuffer into, final int offset) {
        copy(session, SALT, SALT_LENGTH, into, offset);
    }

    /** Copies the {@link #SECRET_LENGTH} bytes of SHA-256(salt, password). */
    public void secret(final int session, final MutableDirectBuffer into, final int offset) {
        copy(session, SECRET, SECRET_LENGTH, into, offset);
    }

    Slab records() {
        return records;
    }

    boolean isFull() {
        return records.limit() == records.capacity();
    }

    int add(final long username) {
        final int session = records.limit();
        records.limit(session + 1);
        numbers.limit(session + 1);
        records.clear(session);
        records.putLong(session, USERNAME, username);
        records.putLong(session, NEXT_OUTBOUND, 1);
        records.putInt(session, QUEUE_HEAD, OrderTable.NONE);
        records.putInt(session, QUEUE_TAIL, OrderTable.NONE);
        LimitLine.open(records, session, OWN);
        byUsername.put(username, session);
        return session;
    }

    void lastUserRefNum(final int session, final int userRefIdx, final int number) {
        if (userRefIdx == 0) {
            records.putInt(session, FIRST_LAST_USER_REF_NUM, number);
        } else {
            numbers.putInt(session, userRefIdx * Integer.BYTES, number);
        }
    }

    /** A day begins: sequences start again, and whoever is up has to log in to learn of it. */
    void startDay() {
        for (int session = 0; session < records.limit(); session++) {
            records.putLong(session, DAY_BEFORE, nextOutboundSequence(session) - 1);
            records.putLong(session, NEXT_OUTBOUND, 1);
            if (isUp(session)) {
                records.putByte(session, UP, OUTDATED);
            }
        }
    }

    void countOutbound(final int session) {
        records.putLong(session, NEXT_OUTBOUND, records.getLong(session, NEXT_OUTBOUND) + 1);
    }

    void rebuild() {
        byUsername.clear();
        for (int session = 0; session < records.limit(); session++) {
            byUsername.put(username(session), session);
        }
    }

    private void copy(
            final int session,
            final int field,
            final int length,
            final MutableDirectBuffer into,
            final int offset) {
        for (int i = 0; i < length; i++) {
            into.putByte(offset + i, (byte) records.getByte(session, field + i));
        }
    }
}
