package io.spindle.oms;

/** Counts orders of an account that are exactly alike, one after the other, within a second. */
final class AlikeGuard {
    static final long WINDOW_NS = 1_000_000_000L;

    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private final EngineState state;
    private final Slab records;

    AlikeGuard(final Tables tables) {
        this.state = tables.state;
        this.records = tables.accounts.records();
    }

    /** How many there would be with this one. */
    long countWith(final OrderRequest request) {
        return isAlike(request)
                ? records.getInt(request.account, AccountTable.ALIKE_COUNT) + 1L
                : 1;
    }

    void remember(final OrderRequest request) {
        final int account = request.account;
        final int count = (int) countWith(request);
        records.putInt(account, AccountTable.ALIKE_COUNT, count);
        if (count == 1) {
            records.putLong(account, AccountTable.ALIKE_PRINT, fingerprint(request));
            records.putLong(account, AccountTable.ALIKE_SINCE, state.get(EngineState.TIME_NS));
        }
    }

    private boolean isAlike(final OrderRequest request) {
        final long since = records.getLong(request.account, AccountTable.ALIKE_SINCE);
        return records.getLong(request.account, AccountTable.ALIKE_PRINT) == fingerprint(request)
                && state.get(EngineState.TIME_NS) - since < WINDOW_NS;
    }

    private static long fingerprint(final OrderRequest request) {
        return ((request.price * SPREAD ^ request.quantity) * SPREAD ^ request.instrument) * SPREAD
                ^ request.side;
    }
}
