package io.spindle.mgmt.model;

/** The day that began, as yyyymmdd, and the epoch of its session id. */
public record TradingDay(int date, int epoch, long sequence, long timeNs) implements Fact {}
