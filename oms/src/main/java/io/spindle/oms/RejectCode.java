package io.spindle.oms;

import io.spindle.matcher.Cold;

/**
 * Why a request was refused. The numbers are on the wire and in logs: they never change and are
 * never used again. Below 0x0100 they are OUCH 5.0's own, from there on private; 0x0200 and up
 * answer admin requests only.
 */
public enum RejectCode {
    NONE(0x0000, "done"),

    DESTINATION_CLOSED(0x0002, "the destination is closed"),
    DISPLAY(0x0003, "invalid display"),
    MAX_FLOOR(0x0004, "invalid max floor"),
    PEG(0x0005, "invalid peg"),
    HALTED(0x0007, "trading in the instrument is halted"),
    ISO(0x0008, "inter-market sweep not allowed on this order"),
    SIDE(0x0009, "invalid side"),
    FIRM_NOT_AUTHORIZED(0x000C, "the firm may not enter this order"),
    MIN_QUANTITY(0x000D, "minimum quantity not allowed on this order"),
    OTHER(0x000F, "other"),
    CANCEL_NOT_ALLOWED(0x0010, "cancel not allowed"),
    CROSS_ORDER(0x0014, "cross type not supported"),
    QUANTITY(0x0013, "invalid quantity"),
    REPLACE_NOT_ALLOWED(0x0015, "replace not allowed"),
    ROUTING(0x0016, "routing not allowed"),
    SYMBOL(0x0017, "unknown instrument"),
    PRICE(0x001D, "invalid price"),
    AGGREGATE_EXPOSURE(0x0020, "aggregate exposure limit exceeded"),
    RESTRICTED(0x0022, "restricted instrument"),
    PORT_RATE(0x0029, "session message rate exceeded"),
    DUPLICATE_RATE(0x002A, "too many orders alike"),
    SHORT_SALE(0x002B, "short sale not allowed"),
    MARKET_ORDER(0x002C, "market order not allowed"),
    NOTIONAL(0x0030, "single order notional limit exceeded"),
    MAX_QUANTITY(0x0031, "maximum quantity exceeded"),

    OVERLOAD(0x0100, "the appliance is overloaded"),
    LOG_NEARLY_FULL(
            0x0101,
            "the log takes no orders (full, not recorded, disk low): only cancels are taken"),
    TAG(0x0102, "unknown or malformed option"),
    TIME_IN_FORCE(0x0103, "time in force not supported"),
    CAPACITY(0x0104, "invalid capacity"),
    ORDER_CAPACITY(0x0105, "no room for another open order"),
    ACCOUNT(0x0106, "unknown account"),
    ACCOUNT_FOREIGN(0x0107, "the account belongs to another firm"),
    UNKNOWN_ORDER(0x0108, "no open order has this number"),
    OVERFLOW(0x0109, "price times quantity does not fit"),
    ENTRY_DISABLED(0x010A, "order entry is disabled"),
    PRICE_LEVELS(0x010B, "the book has no room for this price"),
    EXPIRY(0x010C, "expiry missing or in the past"),
    OPTION_COMBINATION(0x010D, "options exclude each other"),
    DEADLINE(0x010E, "arrived after its deadline"),
    OPTION(0x010F, "option not supported on this order"),
    INSUFFICIENT_CASH(0x0110, "not enough free cash or margin"),
    POSITION(0x0111, "position limit exceeded, open orders counted"),
    OPEN_ORDERS(0x0112, "too many open orders"),
    PRICE_BAND(0x0113, "price outside the band around the reference"),
    NO_REFERENCE(0x0114, "the instrument has no reference price"),
    REDUCE_ONLY(0x0115, "only orders that reduce the position are taken"),
    CUSTOM_CHECK(0x0116, "a configured check refused the order"),
    ACCOUNT_RATE(0x0117, "account message rate exceeded"),
    QUEUE_FULL(0x0118, "the queue behind the rate limit is full"),
    QUEUE_AGE(0x0119, "waited too long behind the rate limit"),
    AUTHORISATION_FAILED(0x011A, "an authorisation rule forbids the order"),
    AUTHORISATION_REFUSED(0x011B, "an operator refused the order"),
    AUTHORISATION_EXPIRED(0x011C, "nobody authorised the order in time"),
    CANCELLED_WHILE_HELD(0x011D, "cancelled before it reached the book"),
    TRIGGER(0x011F, "trigger or trail out of range"),
    LINK(0x0120, "the linked order is not there or does not fit"),
    TOO_LATE(0x0121, "the order of this number is done, or never was one"),
    EXPIRED_WHILE_HELD(0x0122, "its time or its day was over before it reached the book"),
    SWEEP_CAPACITY(0x011E, "too many mass cancels at work"),
    VENUE_REJECTED(0x0140, "the venue that it was routed to refused the order"),

    UNKNOWN_COMMAND(0x0200, "unknown command"),
    DUPLICATE(0x0201, "already defined with other values"),
    TABLE_FULL(0x0202, "no room for another one"),
    FIRM(0x0203, "unknown firm"),
    FIELD(0x0204, "a field is out of its range"),
    CASH_CAPACITY(0x0205, "no room for another cash balance"),
    HOLDING_CAPACITY(0x0206, "no room for another holding"),
    NO_BATCH(0x0207, "no batch is open"),
    BATCH_CHECKSUM(0x0208, "count or checksum differ: batch discarded"),
    BATCH_FULL(0x0209, "the batch is too large"),
    AMOUNT(0x020A, "the amount does not fit"),
    AUTHORITY(0x020B, "a higher authority has set this"),
    SESSION(0x020C, "unknown session"),
    UNKNOWN_TRADE(0x020D, "no such trade, taken back already, or too long ago"),
    BOOKS_DIFFER(0x020E, "the books cannot be linked: linked or held already, or of another kind"),
    IN_USE(0x020F, "the instrument is not closed, is linked, or has orders, algorithms or holders"),
    STATE_CHANGED(0x0210, "the instrument is in another state than expected"),
    UNKNOWN_VENUE(0x0240, "unknown venue"),
    VENUE_DOWN(0x0241, "the venue is not connected, or not being compared"),
    REPORT_SEEN(0x0242, "a report of this sequence was taken before"),
    REPORT_GAP(0x0243, "reports before this sequence are missing"),
    VENUE_DIFFERS(0x0244, "the venue says otherwise than we had it");

    private static final RejectCode[] BY_CODE = byCode();

    /** The number on the wire. */
    public final int code;

    /** What it means, as documents and tools print it. */
    public final String meaning;

    RejectCode(final int code, final String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    /** The code with this number, or null. */
    public static RejectCode of(final int code) {
        return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : null;
    }

    @Cold
    private static RejectCode[] byCode() {
        int max = 0;
        for (final RejectCode reject : values()) {
            max = Math.max(max, reject.code);
        }
        final RejectCode[] table = new RejectCode[max + 1];
        for (final RejectCode reject : values()) {
            if (table[reject.code] != null) {
                throw new IllegalStateException("code used twice: " + reject);
            }
            table[reject.code] = reject;
        }
        return table;
    }
}
