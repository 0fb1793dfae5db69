package io.spindle.matcher;

import java.util.List;

/** A live order of the {@link ReferenceMatcher}: its terms, what is left of it, where it waits. */
final class ReferenceOrder {
    final ReferenceBook book;
    final int name;
    final int side;
    final int timeInForce;
    final int group;
    final int selfTradeMode;
    final long limit;
    final long minLots;
    final long peak;
    final long range;
    final int triggerBy;
    final int trail;
    final int trailUnit;
    final int pegTo;
    final int pegOffset;
    int instructions;

    /** Where it rests or will rest; 0 for a peg that has no place. */
    long price;

    long trigger;
    long displayed;
    long reserve;
    long executed;
    ReferenceOrder partner;
    ReferenceOrder child;
    ReferenceOrder parent;

    /** The queue or list that it stands in, if any. */
    List<ReferenceOrder> place;

    ReferenceOrder(final ReferenceBook book, final OrderTerms terms) {
        this.book = book;
        this.name = terms.order;
        this.side = terms.side;
        this.timeInForce = terms.timeInForce;
        this.group = terms.group;
        this.selfTradeMode = terms.selfTradeMode;
        this.instructions = terms.instructions;
        this.limit = is(OrderTerms.MARKET) ? book.marketLimit(side) : terms.priceTicks;
        this.minLots = terms.minLots;
        this.peak = terms.peakLots;
        this.range = terms.peakRangeLots;
        this.trigger = terms.triggerTicks;
        this.triggerBy = terms.triggerBy;
        this.trail = terms.trail;
        this.trailUnit = terms.trailUnit;
        this.pegTo = terms.pegTo;
        this.pegOffset = terms.pegOffsetTicks;
        this.displayed = terms.lots;
        this.price = limit;
    }

    boolean is(final int any) {
        return (instructions & any) != 0;
    }

    boolean buys() {
        return side == OrderTerms.BUY;
    }

    long open() {
        return displayed + reserve;
    }

    /** In a queue where it can trade. */
    boolean isQueued() {
        return place == book.shown(side) || place == book.hidden(side);
    }

    void leave() {
        book.leave(this);
    }
}
