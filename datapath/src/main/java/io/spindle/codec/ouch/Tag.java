package io.spindle.codec.ouch;

/** Tags of appendage elements: below 128 OUCH 5.0's own, from there on ours. */
public final class Tag {
    public static final int SECONDARY_ORDER_REFERENCE = 1;
    public static final int FIRM = 2;
    public static final int MIN_QUANTITY = 3;
    public static final int CUSTOMER_TYPE = 4;
    public static final int MAX_FLOOR = 5;
    public static final int PRICE_TYPE = 6;
    public static final int PEG_OFFSET = 7;
    public static final int DISCRETION_PRICE = 9;
    public static final int DISCRETION_PRICE_TYPE = 10;
    public static final int DISCRETION_PEG_OFFSET = 11;
    public static final int POST_ONLY = 12;
    public static final int RANDOM_RESERVES = 13;
    public static final int ROUTE = 14;
    public static final int EXPIRE_TIME = 15;
    public static final int TRADE_NOW = 16;
    public static final int HANDLE_INSTRUCTION = 17;
    public static final int BBO_WEIGHT = 18;
    public static final int DISPLAY_QUANTITY = 22;
    public static final int DISPLAY_PRICE = 23;
    public static final int GROUP_ID = 24;
    public static final int SHARES_LOCATED = 25;
    public static final int LOCATE_BROKER = 26;
    public static final int SIDE = 27;
    public static final int USER_REF_IDX = 28;
    public static final int AIQ_STRATEGY = 29;
    public static final int AIQ_GROUP = 30;

    public static final int EXPIRE_AT = 128;
    public static final int STOP_PRICE = 129;
    public static final int TRIGGER = 130;
    public static final int TRAIL = 131;
    public static final int TRAIL_TYPE = 132;
    public static final int LINK_ID = 133;
    public static final int LINK_ROLE = 134;
    public static final int ACCOUNT = 135;
    public static final int STRATEGY_ID = 136;
    public static final int DEADLINE = 137;
    public static final int SELF_TRADE_PREVENTION = 138;
    public static final int WANT_TIMES = 139;
    public static final int RX_TIME = 140;
    public static final int TX_TIME = 141;
    public static final int DETAIL = 142;

    /** One past the highest. */
    public static final int END = DETAIL + 1;

    private static final byte[] VALUE_LENGTHS = new byte[END];

    static {
        lengths(1, CUSTOMER_TYPE, PRICE_TYPE, DISCRETION_PRICE_TYPE, POST_ONLY, TRADE_NOW);
        lengths(1, HANDLE_INSTRUCTION, BBO_WEIGHT, SHARES_LOCATED, SIDE, USER_REF_IDX);
        lengths(1, AIQ_STRATEGY, TRIGGER, TRAIL_TYPE, LINK_ROLE, SELF_TRADE_PREVENTION);
        lengths(1, WANT_TIMES);
        lengths(2, GROUP_ID, AIQ_GROUP, DETAIL);
        lengths(4, FIRM, MIN_QUANTITY, MAX_FLOOR, PEG_OFFSET, DISCRETION_PEG_OFFSET);
        lengths(4, RANDOM_RESERVES, ROUTE, EXPIRE_TIME, DISPLAY_QUANTITY, LOCATE_BROKER);
        lengths(4, LINK_ID, STRATEGY_ID);
        lengths(8, SECONDARY_ORDER_REFERENCE, DISCRETION_PRICE, DISPLAY_PRICE, EXPIRE_AT);
        lengths(8, STOP_PRICE, TRAIL, DEADLINE, RX_TIME, TX_TIME);
        lengths(16, ACCOUNT);
    }

    private Tag() {}

    /** Bytes of the tag's value, 0 for a tag that nobody has defined. */
    public static int valueLength(final int tag) {
        return tag < END ? VALUE_LENGTHS[tag] : 0;
    }

    private static void lengths(final int length, final int... tags) {
        for (final int tag : tags) {
            VALUE_LENGTHS[tag] = (byte) length;
        }
    }
}
