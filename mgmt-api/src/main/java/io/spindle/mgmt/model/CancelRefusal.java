package io.spindle.mgmt.model;

/** A cancel or modify of an order that was dead, unknown or somebody else's. */
public record CancelRefusal(OrderId order, String firm, String reason, long sequence, long timeNs)
        implements Fact {}
