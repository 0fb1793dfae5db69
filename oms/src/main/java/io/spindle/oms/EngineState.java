package io.spindle.oms;

import io.spindle.matcher.Cold;

import java.util.ArrayList;
import java.util.List;

/**
 * The slabs an engine is made of, in a fixed order. What is not in here is scratch or derived.
 *
 * <p>Counters that belong to no table are longs of the first slab.
 */
final class EngineState {
    static final int SEQUENCE = 0;
    static final int TIME_NS = 8;
    static final int DIGEST = 16;
    static final int ORDER_REFERENCE = 24;
    static final int MATCH_NUMBER = 32;
    static final int DATE = 40;
    static final int EPOCH = 48;
    static final int CLOCK_OFFSET_NS = 56;
    static final int ORDER_FREE_HEAD = 64;
    static final int ORDERS_OPEN = 72;
    static final int REQUESTS_SEEN = 80;
    static final int BATCH_OPEN = 88;
    static final int BATCH_LENGTH = 96;
    static final int BATCH_COUNT = 104;
    static final int BATCH_CHECKSUM = 112;
    static final int CASH_COUNT = 120;
    static final int HOLDING_COUNT = 128;
    static final int MARKET_EVENTS = 136;
    static final int ILLEGAL_TRANSITIONS = 168;
    static final int DAY_NUMBER = 144;
    static final int SWEEP_HEAD = 152;
    static final int SWEEP_TAIL = 160;
    static final int DAY_GATE = 176;

    /** Whether routing was ever configured: where it was not, nothing of it is looked at. */
    static final int ROUTING = 232;

    static final int LEGS_OPEN = 240;
    static final int LEG_FREE_HEAD = 248;
    static final int ALGORITHMS_OPEN = 184;
    private static final int LENGTH = 256;

    private final List<Slab> slabs = new ArrayList<>();
    private final List<Slab> derived = new ArrayList<>();
    private final Slab counters;

    EngineState() {
        counters = slab(LENGTH, 1);
        counters.limit(1);
    }

    /** Makes a slab part of the state. */
    @Cold
    Slab slab(final int recordLength, final int capacity) {
        final Slab slab = new Slab(recordLength, capacity);
        slabs.add(slab);
        return slab;
    }

    /** A slab that can be made again from the state, and so is no part of it. */
    @Cold
    Slab derived(final int recordLength, final int capacity) {
        final Slab slab = new Slab(recordLength, capacity);
        derived.add(slab);
        return slab;
    }

    /** Gives all tables their pages now. */
    @Cold
    void makeResident() {
        slabs.forEach(Slab::makeResident);
        derived.forEach(Slab::makeResident);
    }

    List<Slab> slabs() {
        return slabs;
    }

    long get(final int counter) {
        return counters.getLong(0, counter);
    }

    void set(final int counter, final long value) {
        counters.putLong(0, counter, value);
    }

    /** Adds one and returns the new value. */
    long next(final int counter) {
        final long value = counters.getLong(0, counter) + 1;
        counters.putLong(0, counter, value);
        return value;
    }
}
