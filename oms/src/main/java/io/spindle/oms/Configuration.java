package io.spindle.oms;

import io.spindle.matcher.AdmitCode;
import io.spindle.matcher.Matcher;
import io.spindle.matcher.TradingState;
import io.spindle.oms.command.AdjustCashDecoder;
import io.spindle.oms.command.AdjustHoldingDecoder;
import io.spindle.oms.command.DefineAccountDecoder;
import io.spindle.oms.command.DefineFirmDecoder;
import io.spindle.oms.command.DefineInstrumentDecoder;
import io.spindle.oms.command.DefineSessionDecoder;
import io.spindle.oms.command.LinkBooksDecoder;
import io.spindle.oms.command.SetTradingStateDecoder;

/**
 * Instruments, firms, accounts, sessions and what accounts own, as commands. Every method answers
 * with a {@link RejectCode} number; defining the same thing twice changes it or does nothing, and
 * brings a removed instrument back.
 */
final class Configuration {
    private static final long MAX_UNSIGNED_INT = 0xFFFF_FFFFL;
    private static final int MAX_DECIMALS = 8;
    private static final int UNKNOWN = -1;

    private final InstrumentTable instruments;
    private final FirmTable firms;
    private final SessionTable sessions;
    private final AccountTable accounts;
    private final CashTable cash;
    private final Scopes scopes;
    private final BookWork work;
    private final AuctionCalls calls;
    private final InstrumentRemoval removal;
    private final HoldingTable holdings;
    private final Ledger ledger;
    private final EngineState state;
    private final Matcher matcher;
    private final Emitter emitter;
    private final MarketEmitter market;

    Configuration(final Tables tables, final Stages stages, final Matcher matcher) {
        this.cash = tables.cash;
        this.scopes = tables.scopes;
        this.work = stages.work;
        this.calls = stages.calls;
        this.removal = new InstrumentRemoval(tables, stages.market);
        this.instruments = tables.instruments;
        this.firms = tables.firms;
        this.sessions = tables.sessions;
        this.accounts = tables.accounts;
        this.holdings = tables.holdings;
        this.ledger = stages.ledger;
        this.state = tables.state;
        this.matcher = matcher;
        this.emitter = stages.emitter;
        this.market = stages.market;
    }

    int defineInstrument(final DefineInstrumentDecoder command) {
        if (!isSound(command)) {
            return RejectCode.FIELD.code;
        }
        int instrument = instruments.findEver(command.symbol());
        final boolean isBack = instruments.isRemoved(instrument);
        boolean isNew = false;
        if (instrument == InstrumentTable.NONE) {
            if (instruments.isFull()) {
                return RejectCode.TABLE_FULL.code;
            }
            if (cash.take(AccountTable.FEES, (int) command.currency()) == CashTable.NONE) {
                return RejectCode.CASH_CAPACITY.code;
            }
            if (matcher.openBook(instruments.count() + 1, command.maxPrice() / command.tickSize())
                    != AdmitCode.OK) {
                return RejectCode.FIELD.code;
            }
            instrument = instruments.add(command.symbol());
            storeFixed(command, instrument);
            matcher.seed(instrument, command.symbol() ^ state.get(EngineState.TIME_NS));
            isNew = true;
        } else if (!isSameKind(command, instrument)) {
            return RejectCode.DUPLICATE.code;
        }
        final Slab records = instruments.records();
        records.putLong(instrument, InstrumentTable.LOT_SIZE, command.lotSize());
        records.putLong(instrument, InstrumentTable.MIN_QUANTITY, command.minQuantity());
        records.putLong(instrument, InstrumentTable.MAX_QUANTITY, command.maxQuantity());
        market.instrument(instrument);
        if (isNew) {
            market.tradingState(instrument, instruments.tradingState(instrument));
        } else if (isBack) {
            removal.giveBack(instrument);
        }
        return RejectCode.NONE.code;
    }

    /** Two books of one instrument, for good: what is traded in either is held as the first. */
    int linkBooks(final LinkBooksDecoder command) {
        final int first = instruments.find(command.symbol());
        final int second = instruments.find(command.otherSymbol());
        if (first == InstrumentTable.NONE || second == InstrumentTable.NONE) {
            return RejectCode.SYMBOL.code;
        }
        if (instruments.linked(first) == second && instruments.listedAs(second) == first) {
            return RejectCode.NONE.code;
        }
        if (first == second
                || instruments.linked(first) != InstrumentTable.NONE
                || instruments.linked(second) != InstrumentTable.NONE
                || instruments.tickSize(first) != instruments.tickSize(second)
                || instruments.maxPrice(first) != instruments.maxPrice(second)
                || instruments.lotSize(first) != instruments.lotSize(second)
                || instruments.currency(first) != instruments.currency(second)
                || instruments.priceDecimals(first) != instruments.priceDecimals(second)
                || instruments.lotExponent(first) != instruments.lotExponent(second)
                || holdings.isEverHeld(second)) {
            return RejectCode.BOOKS_DIFFER.code;
        }
        instruments.link(first, second);
        return RejectCode.NONE.code;
    }

    private static boolean isSound(final DefineInstrumentDecoder command) {
        return command.symbol() != 0
                && command.tickSize() >= 1
                && command.lotSize() >= 1
                && command.minQuantity() >= 1
                && command.maxQuantity() >= command.minQuantity()
                && command.maxQuantity() <= MAX_UNSIGNED_INT
                && command.maxPrice() >= command.tickSize()
                && command.maxPrice() <= MAX_UNSIGNED_INT
                && command.priceDecimals() <= MAX_DECIMALS
                && command.lotExponent() <= MAX_DECIMALS;
    }

    /** Prices, money and open orders hang on these; they stay as first defined. */
    private boolean isSameKind(final DefineInstrumentDecoder command, final int instrument) {
        return command.tickSize() == instruments.tickSize(instrument)
                && command.maxPrice() == instruments.maxPrice(instrument)
                && (int) command.currency() == instruments.currency(instrument)
                && command.priceDecimals() == instruments.priceDecimals(instrument)
                && command.lotExponent() == instruments.lotExponent(instrument);
    }

    private void storeFixed(final DefineInstrumentDecoder command, final int instrument) {
        final Slab records = instruments.records();
        final int exponent = command.priceDecimals() + command.lotExponent() - Money.DECIMALS;
        records.putLong(instrument, InstrumentTable.TICK_SIZE, command.tickSize());
        records.putLong(instrument, InstrumentTable.MAX_PRICE, command.maxPrice());
        records.putInt(instrument, InstrumentTable.CURRENCY, (int) command.currency());
        records.putByte(instrument, InstrumentTable.PRICE_DECIMALS, command.priceDecimals());
        records.putByte(instrument, InstrumentTable.LOT_EXPONENT, command.lotExponent());
        records.putLong(
                instrument, InstrumentTable.VALUE_MULTIPLIER, Money.power(Math.max(0, -exponent)));
        records.putLong(
                instrument, InstrumentTable.VALUE_DIVISOR, Money.power(Math.max(0, exponent)));
        records.putInt(
                instrument,
                InstrumentTable.FEES_CASH,
                cash.find(AccountTable.FEES, (int) command.currency()));
        records.putByte(instrument, InstrumentTable.TRADING_STATE, 'T');
    }

    int defineFirm(final DefineFirmDecoder command) {
        final int code = (int) command.firm();
        if (firms.find(code) == FirmTable.NONE) {
            if (firms.isFull()) {
                return RejectCode.TABLE_FULL.code;
            }
            firms.add(code);
        }
        return RejectCode.NONE.code;
    }

    int defineAccount(final DefineAccountDecoder command) {
        final int firm = firms.find((int) command.firm());
        if (firm == FirmTable.NONE) {
            return RejectCode.FIRM.code;
        }
        final long high = command.accountHigh();
        final long low = command.accountLow();
        int account = accounts.find((int) command.firm(), high, low);
        if (account == AccountTable.NONE) {
            if (!AccountTable.isCode(high, low)) {
                return RejectCode.FIELD.code;
            }
            if (!AccountTable.isShort(low) && accounts.find(high, low) != AccountTable.NONE) {
                return RejectCode.DUPLICATE.code;
            }
            if (accounts.isFull()) {
                return RejectCode.TABLE_FULL.code;
            }
            account = accounts.add(high, low);
            accounts.records().putInt(account, AccountTable.FIRM, (int) command.firm());
            accounts.records().putInt(account, AccountTable.FIRM_INDEX, firm);
            scopes.refreshAccount(account);
        }
        accounts.records().putInt(account, AccountTable.FLAGS, (int) command.flags());
        emitter.account(account);
        return RejectCode.NONE.code;
    }

    int defineSession(final DefineSessionDecoder command) {
        final int firm = firms.find((int) command.firm());
        final int account =
                accounts.findFor((int) command.firm(), command.accountHigh(), command.accountLow());
        if (firm == FirmTable.NONE) {
            return RejectCode.FIRM.code;
        }
        if (account == AccountTable.NONE || accounts.firm(account) != (int) command.firm()) {
            return account == AccountTable.NONE
                    ? RejectCode.ACCOUNT.code
                    : RejectCode.ACCOUNT_FOREIGN.code;
        }
        int session = sessions.find(command.username());
        if (session == SessionTable.NONE) {
            if (command.username() == 0) {
                return RejectCode.FIELD.code;
            }
            if (sessions.isFull()) {
                return RejectCode.TABLE_FULL.code;
            }
            session = sessions.add(command.username());
            sessions.records().putInt(session, SessionTable.FIRM, (int) command.firm());
            sessions.records().putInt(session, SessionTable.FIRM_INDEX, firm);
        } else if (sessions.firm(session) != (int) command.firm()) {
            return RejectCode.DUPLICATE.code;
        }
        storeSession(command, session, account);
        emitter.session(session);
        return RejectCode.NONE.code;
    }

    private void storeSession(
            final DefineSessionDecoder command, final int session, final int account) {
        final Slab records = sessions.records();
        records.putInt(session, SessionTable.FLAGS, (int) command.flags());
        records.putInt(session, SessionTable.ACCOUNT, account);
        for (int i = 0; i < SessionTable.SALT_LENGTH; i++) {
            records.putByte(session, SessionTable.SALT + i, command.salt(i));
        }
        for (int i = 0; i < SessionTable.SECRET_LENGTH; i++) {
            records.putByte(session, SessionTable.SECRET + i, command.secret(i));
        }
    }

    int adjustCash(final AdjustCashDecoder command) {
        final int account = accounts.find(command.accountHigh(), command.accountLow());
        return account == AccountTable.NONE
                ? RejectCode.ACCOUNT.code
                : ledger.adjustCash(account, (int) command.currency(), command.amount());
    }

    int adjustHolding(final AdjustHoldingDecoder command) {
        final int account = accounts.find(command.accountHigh(), command.accountLow());
        final int instrument = instruments.find(command.symbol());
        if (account == AccountTable.NONE || instrument == InstrumentTable.NONE) {
            return account == AccountTable.NONE ? RejectCode.ACCOUNT.code : RejectCode.SYMBOL.code;
        }
        return ledger.adjustHolding(account, instrument, command.lots());
    }

    /**
     * Out of a call by way of an uncross when bids and asks overlap, in slices; not while the
     * auction would trade outside its collar. Until it begins, another state or the same again
     * calls it off. Nothing happens in another state than the sender expects, if it names one.
     */
    int setTradingState(final SetTradingStateDecoder command) {
        final int instrument = instruments.find(command.symbol());
        if (instrument == InstrumentTable.NONE) {
            return RejectCode.SYMBOL.code;
        }
        final int present = instruments.tradingState(instrument);
        if (command.expected() != SetTradingStateDecoder.expectedNullValue()
                && command.expected() != present) {
            return RejectCode.STATE_CHANGED.code;
        }
        final int code = command.state();
        if (code == InstrumentTable.REMOVED) {
            return removal.remove(instrument);
        }
        final int wanted = tradingState(code);
        if (wanted == UNKNOWN) {
            return RejectCode.FIELD.code;
        }
        if (present == code) {
            work.callOffUncross(instrument);
            return RejectCode.NONE.code;
        }
        switch (matcher.state(instrument, wanted)) {
            case AdmitCode.OK:
                work.callOffUncross(instrument);
                work.check(instrument);
                return RejectCode.NONE.code;
            case AdmitCode.CROSSED:
                if (!calls.fitsCollar(instrument)) {
                    return RejectCode.PRICE_BAND.code;
                }
                work.askUncross(instrument, wanted);
                return RejectCode.NONE.code;
            default:
                return RejectCode.HALTED.code;
        }
    }

    private static int tradingState(final int code) {
        switch (code) {
            case 'T':
                return TradingState.CONTINUOUS;
            case 'Q':
                return TradingState.PRE_OPEN;
            case 'P':
                return TradingState.AUCTION;
            case 'C':
                return TradingState.CLOSING_AUCTION;
            case 'H':
                return TradingState.HALTED;
            case 'K':
                return TradingState.CANCEL_ONLY;
            case 'X':
                return TradingState.CLOSED;
            default:
                return UNKNOWN;
        }
    }

    /** The character of a matcher's state, 0 for one that is only passed through. */
    static int code(final int tradingState) {
        switch (tradingState) {
            case TradingState.CONTINUOUS:
                return 'T';
            case TradingState.PRE_OPEN:
                return 'Q';
            case TradingState.AUCTION:
                return 'P';
            case TradingState.CLOSING_AUCTION:
                return 'C';
            case TradingState.HALTED:
                return 'H';
            case TradingState.CANCEL_ONLY:
                return 'K';
            case TradingState.CLOSED:
                return 'X';
            default:
                return 0;
        }
    }
}
