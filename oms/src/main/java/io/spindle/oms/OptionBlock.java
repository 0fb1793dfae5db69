package io.spindle.oms;

import io.spindle.oms.command.MessageHeaderEncoder;
import io.spindle.oms.command.OrderOptionsEncoder;

import org.agrona.MutableDirectBuffer;

/**
 * How the options of an order travel in {@code EnterOrder} and {@code ReplaceOrder}: one complete
 * OrderOptions message, its header included, in which every option not asked for is null.
 */
public final class OptionBlock {
    public static final int LENGTH =
            MessageHeaderEncoder.ENCODED_LENGTH + OrderOptionsEncoder.BLOCK_LENGTH;

    private OptionBlock() {}

    /** Wraps the encoders and sets every option to null, for the caller to fill some in. */
    public static OrderOptionsEncoder begin(
            final OrderOptionsEncoder options,
            final MessageHeaderEncoder header,
            final MutableDirectBuffer buffer,
            final int offset) {
        return options.wrapAndApplyHeader(buffer, offset, header)
                .minQuantity(OrderOptionsEncoder.minQuantityNullValue())
                .maxFloor(OrderOptionsEncoder.maxFloorNullValue())
                .randomReserves(OrderOptionsEncoder.randomReservesNullValue())
                .expireAt(OrderOptionsEncoder.expireAtNullValue())
                .stopPrice(OrderOptionsEncoder.stopPriceNullValue())
                .trail(OrderOptionsEncoder.trailNullValue())
                .deadline(OrderOptionsEncoder.deadlineNullValue())
                .accountHigh(OrderOptionsEncoder.accountHighNullValue())
                .accountLow(OrderOptionsEncoder.accountLowNullValue())
                .expireSeconds(OrderOptionsEncoder.expireSecondsNullValue())
                .pegOffset(OrderOptionsEncoder.pegOffsetNullValue())
                .linkId(OrderOptionsEncoder.linkIdNullValue())
                .strategyId(OrderOptionsEncoder.strategyIdNullValue())
                .firm(OrderOptionsEncoder.firmNullValue())
                .groupId(OrderOptionsEncoder.groupIdNullValue())
                .postOnly(OrderOptionsEncoder.postOnlyNullValue())
                .priceType(OrderOptionsEncoder.priceTypeNullValue())
                .trigger(OrderOptionsEncoder.triggerNullValue())
                .trailType(OrderOptionsEncoder.trailTypeNullValue())
                .linkRole(OrderOptionsEncoder.linkRoleNullValue())
                .selfTradePrevention(OrderOptionsEncoder.selfTradePreventionNullValue())
                .wantTimes(OrderOptionsEncoder.wantTimesNullValue())
                .customerType(OrderOptionsEncoder.customerTypeNullValue())
                .handleInstruction(OrderOptionsEncoder.handleInstructionNullValue())
                .route(OrderOptionsEncoder.routeNullValue());
    }
}
