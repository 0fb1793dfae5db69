package io.spindle.mgmt.model;

/**
 * The day that is traded.
 *
 * @param date yyyymmdd; 0 before the first day began
 * @param epoch counts the day's order entry sessions
 * @param beginsClosed whether the next day begins closed until it is signed off
 */
public record TradingDay(int date, int epoch, boolean beginsClosed, long sequence, long timeNs)
        implements Fact {}
