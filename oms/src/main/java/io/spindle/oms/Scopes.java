package io.spindle.oms;

/**
 * Where limits and blocks belong: system, firm, account, session. Every account's effective line is
 * kept as the strictest of system, firm and its own, worked out when one of them changes, so that
 * an order reads one line.
 */
final class Scopes {
    /** No such thing. */
    static final int NONE = -1;

    private final Slab system;
    private final FirmTable firms;
    private final AccountTable accounts;
    private final SessionTable sessions;

    Scopes(
            final EngineState state,
            final FirmTable firms,
            final AccountTable accounts,
            final SessionTable sessions) {
        this.system = state.slab(LimitLine.LENGTH, 1);
        this.system.limit(1);
        LimitLine.open(system, 0, 0);
        this.firms = firms;
        this.accounts = accounts;
        this.sessions = sessions;
    }

    /** The scope's number in its table, or {@link #NONE}. */
    int find(
            final int scope,
            final int firm,
            final long accountHigh,
            final long accountLow,
            final long username) {
        switch (scope) {
            case RiskDesk.SYSTEM:
                return 0;
            case RiskDesk.FIRM:
                return firms.find(firm);
            case RiskDesk.ACCOUNT:
                return accounts.find(accountHigh, accountLow);
            case RiskDesk.SESSION:
                return sessions.find(username);
            default:
                return NONE;
        }
    }

    /** The code for a scope that was not found. */
    static int missing(final int scope) {
        switch (scope) {
            case RiskDesk.FIRM:
                return RejectCode.FIRM.code;
            case RiskDesk.ACCOUNT:
                return RejectCode.ACCOUNT.code;
            case RiskDesk.SESSION:
                return RejectCode.SESSION.code;
            default:
                return RejectCode.FIELD.code;
        }
    }

    Slab records(final int scope) {
        switch (scope) {
            case RiskDesk.SYSTEM:
                return system;
            case RiskDesk.FIRM:
                return firms.records();
            case RiskDesk.ACCOUNT:
                return accounts.records();
            default:
                return sessions.records();
        }
    }

    /** Where the scope's own line is in its record. */
    int line(final int scope) {
        switch (scope) {
            case RiskDesk.SYSTEM:
                return 0;
            case RiskDesk.FIRM:
                return FirmTable.OWN;
            case RiskDesk.ACCOUNT:
                return AccountTable.OWN;
            default:
                return SessionTable.OWN;
        }
    }

    int entryState(final int scope, final int index) {
        return LimitLine.entryState(records(scope), index, line(scope));
    }

    /** What one authority has set for the whole system. */
    int systemBlock(final int authority) {
        return system.getByte(0, LimitLine.BLOCKS + authority);
    }

    void block(final int scope, final int index, final int authority, final int entryState) {
        LimitLine.block(records(scope), index, line(scope), authority, entryState);
        refresh(scope, index);
    }

    /** A line has changed: brings the effective lines that depend on it up to date. */
    void refresh(final int scope, final int index) {
        if (scope == RiskDesk.ACCOUNT) {
            refreshAccount(index);
        } else if (scope == RiskDesk.SESSION) {
            mark(sessions.records(), index, SessionTable.OWN, SessionTable.LIMITED);
        } else {
            for (int account = AccountTable.HOUSE_ACCOUNTS; account < accounts.count(); account++) {
                if (scope == RiskDesk.SYSTEM || accounts.firmIndex(account) == index) {
                    refreshAccount(account);
                }
            }
        }
    }

    void refreshAccount(final int account) {
        final Slab records = accounts.records();
        LimitLine.copy(records, account, AccountTable.OWN, AccountTable.EFFECTIVE);
        LimitLine.tighten(
                records,
                account,
                AccountTable.EFFECTIVE,
                firms.records(),
                accounts.firmIndex(account),
                FirmTable.OWN);
        LimitLine.tighten(records, account, AccountTable.EFFECTIVE, system, 0, 0);
        mark(records, account, AccountTable.EFFECTIVE, AccountTable.LIMITED);
    }

    private static void mark(
            final Slab records, final int index, final int line, final int limited) {
        final boolean says = LimitLine.saysAnything(records, index, line);
        records.putByte(index, limited, says ? 1 : 0);
    }
}
