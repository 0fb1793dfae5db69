package io.spindle.oms;

/**
 * The standard checks in the order in which they run; custom ones follow. The number is a bit in
 * the set of checks that a result names.
 */
public enum RiskCheck {
    ENTRY_STATE,
    RESTRICTED,
    QUANTITY,
    PRICE_BAND,
    NOTIONAL,
    OPEN_ORDERS,
    ALIKE,
    POSITION,
    EXPOSURE,
    CASH,
    HOLDING;

    /** Number of the first custom check. */
    public static final int CUSTOM = 16;
}
