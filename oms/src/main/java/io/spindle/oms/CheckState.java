package io.spindle.oms;

/** What an {@link OrderCheck} may know and keep, for the account in hand. */
public final class CheckState {
    private final EngineState engine;
    private final Slab records;
    private int account;
    private long limit;
    private long value;

    CheckState(final EngineState engine, final Slab records) {
        this.engine = engine;
        this.records = records;
    }

    CheckState at(final int newAccount) {
        account = newAccount;
        return this;
    }

    public int account() {
        return account;
    }

    /** Log time. */
    public long timeNs() {
        return engine.get(EngineState.TIME_NS);
    }

    /** Trading days so far; changes with every day's start. */
    public long day() {
        return engine.get(EngineState.DAY_NUMBER);
    }

    public long get(final int index) {
        return records.getLong(account, index * Long.BYTES);
    }

    public void set(final int index, final long newValue) {
        records.putLong(account, index * Long.BYTES, newValue);
    }

    /** For {@link OrderCheck#passes} to return: false, and the figures that the result shows. */
    public boolean refuse(final long exceededLimit, final long actualValue) {
        limit = exceededLimit;
        value = actualValue;
        return false;
    }

    long limit() {
        return limit;
    }

    long value() {
        return value;
    }
}
