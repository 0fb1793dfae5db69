package io.spindle.mgmt.model;

import io.spindle.oms.OrderState;
import io.spindle.oms.OrderType;

import java.math.BigInteger;

/**
 * An order as it was after the command with {@code sequence}.
 *
 * @param cause what happened to it then
 * @param price wire price, the instrument's decimals implied
 * @param quantity asked for in total; leaves + executed + cancelled
 * @param executedValue Σ price × quantity of its fills, in 10^-4 of the currency
 * @param createdNs when it was entered, ns since the Unix epoch
 * @param submittedNs when it went to its book or to another venue, ns since the Unix epoch; 0 while
 *     it waits here or sleeps behind its parent, and if it never went
 * @param reason why it ended, empty while it lives: a cancel reason's character, or a reject code's
 *     name
 * @param origin the order that this one replaced, or null
 * @param kind what its options make of it
 */
public record Order(
        OrderId id,
        Cause cause,
        Instrument instrument,
        String firm,
        String account,
        char side,
        long price,
        long quantity,
        long leaves,
        long executed,
        long executedValue,
        char timeInForce,
        char display,
        char capacity,
        OrderState state,
        String clientOrderId,
        long orderReference,
        long createdNs,
        long submittedNs,
        long sequence,
        long timeNs,
        String reason,
        OrderId origin,
        Kind kind)
        implements Fact {
    /** Where orders are executed. */
    public static final String EXCHANGE = "SPINDLE";

    /** Decimals of {@link #executedValue}. */
    public static final int VALUE_DECIMALS = 4;

    /** What may happen to an order. */
    public enum Cause {
        /** Waits behind its session's rate limit. */
        QUEUED,
        /** Waits for an operator. */
        HELD,
        /** Is with other venues, none of which has answered. */
        SUBMITTED,
        ACCEPTED,
        REJECTED,
        REPLACED,
        MODIFIED,
        /** Went to the market: a stop, or what slept or waited for its auction. */
        TRIGGERED,
        /** Goes on under another reference, or on another day. */
        RESTATED,
        EXECUTED,
        CANCELED
    }

    /**
     * What kind of order, and what it is part of.
     *
     * @param stopPrice wire price, 0 = not a stop
     * @param strategyId the client's own number, 0 = none
     * @param parent the order that it is linked with, or null
     */
    public record Kind(OrderType type, long stopPrice, int strategyId, OrderId parent) {}

    public boolean isTerminal() {
        return state.isTerminal();
    }

    /** The same order, ended. */
    public Order ended(
            final Cause last,
            final OrderState end,
            final String why,
            final long atSequence,
            final long atTimeNs) {
        return new Order(
                id,
                last,
                instrument,
                firm,
                account,
                side,
                price,
                quantity,
                0,
                executed,
                executedValue,
                timeInForce,
                display,
                capacity,
                end,
                clientOrderId,
                orderReference,
                createdNs,
                submittedNs,
                atSequence,
                atTimeNs,
                why,
                origin,
                kind);
    }

    /** Value ÷ quantity, rounded half up to the price's decimals; 0 without a fill. */
    public long averagePrice() {
        if (executed == 0) {
            return 0;
        }
        final BigInteger numerator =
                BigInteger.valueOf(executedValue)
                        .multiply(BigInteger.TEN.pow(instrument.priceDecimals()))
                        .multiply(BigInteger.TEN.pow(instrument.lotExponent()));
        final BigInteger denominator =
                BigInteger.valueOf(executed).multiply(BigInteger.TEN.pow(VALUE_DECIMALS));
        return numerator
                .multiply(BigInteger.TWO)
                .add(denominator)
                .divide(denominator.multiply(BigInteger.TWO))
                .longValueExact();
    }
}
