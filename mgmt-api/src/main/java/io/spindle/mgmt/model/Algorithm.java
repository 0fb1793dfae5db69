package io.spindle.mgmt.model;

import io.spindle.oms.OrderState;

import java.util.UUID;

/**
 * An algorithm as it was after the command with {@code sequence}: an order that the engine enters
 * slice by slice.
 *
 * @param request of the command that started it
 * @param byVolume follows the market's volume, rather than the clock
 * @param price limit of every order, as a wire price
 * @param unsent reserved and not entered yet; unsent + working + executed + cancelled = quantity
 * @param executedValue Σ price × quantity of its fills, in 10^-4 of the currency
 * @param refusal code's name of the last order that a check refused, or empty
 */
public record Algorithm(
        OrderId id,
        UUID request,
        boolean byVolume,
        Instrument instrument,
        String firm,
        String account,
        char side,
        long price,
        long quantity,
        long unsent,
        long working,
        long executed,
        long executedValue,
        long cancelled,
        long startNs,
        long intervalNs,
        int slices,
        int slice,
        int participationBps,
        int children,
        int refused,
        String refusal,
        OrderState state,
        String clientOrderId,
        long createdNs,
        long sequence,
        long timeNs)
        implements Fact {}
