package io.spindle.recovery;

import io.spindle.oms.Ascii;
import io.spindle.oms.OptionBlock;
import io.spindle.oms.command.EnterOrderDecoder;
import io.spindle.oms.command.EnterOrderEncoder;
import io.spindle.oms.command.MessageHeaderDecoder;
import io.spindle.oms.command.MessageHeaderEncoder;
import io.spindle.oms.command.OrderOptionsEncoder;
import io.spindle.oms.command.SetFeesEncoder;
import io.spindle.oms.command.SetLimitsEncoder;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.util.ArrayList;
import java.util.List;

/**
 * What is different in the second run of a {@link ReplayDiff}: commands put in, and orders changed
 * on their way in.
 */
public final class WhatIf {
    private static final int ROOM = 1024;
    private static final int HEADER = MessageHeaderEncoder.ENCODED_LENGTH;
    private static final char EVERYBODY = 'Y';
    private static final char FIRM = 'F';

    private final List<UnsafeBuffer> commands = new ArrayList<>();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final MessageHeaderEncoder newHeader = new MessageHeaderEncoder();
    private final EnterOrderDecoder order = new EnterOrderDecoder();
    private final EnterOrderEncoder newOrder = new EnterOrderEncoder();
    private final OrderOptionsEncoder options = new OrderOptionsEncoder();
    private final UnsafeBuffer changed = new UnsafeBuffer(new byte[ROOM]);
    private final UnsafeBuffer block = new UnsafeBuffer(new byte[OptionBlock.LENGTH]);
    private char selfTradePrevention;

    /** Commands put in at the point of change, complete. */
    List<UnsafeBuffer> commands() {
        return commands;
    }

    /** A fee schedule with these rates, in millionths of a trade's value. */
    public WhatIf fees(final int schedule, final int makerPpm, final int takerPpm) {
        final UnsafeBuffer buffer =
                new UnsafeBuffer(new byte[HEADER + SetFeesEncoder.BLOCK_LENGTH]);
        new SetFeesEncoder()
                .wrapAndApplyHeader(buffer, 0, newHeader)
                .requestHigh(0)
                .requestLow(0)
                .schedule((short) schedule)
                .makerPpm(makerPpm)
                .takerPpm(takerPpm);
        commands.add(buffer);
        return this;
    }

    /**
     * A limit on the size of an order.
     *
     * @param firm whom it is for, empty for everybody
     * @param lots largest quantity of one order
     */
    public WhatIf orderQuantity(final String firm, final long lots) {
        final UnsafeBuffer buffer =
                new UnsafeBuffer(new byte[HEADER + SetLimitsEncoder.BLOCK_LENGTH]);
        new SetLimitsEncoder()
                .wrapAndApplyHeader(buffer, 0, newHeader)
                .requestHigh(0)
                .requestLow(0)
                .scope((byte) (firm.isEmpty() ? EVERYBODY : FIRM))
                .firm(firm.isEmpty() ? 0 : (int) (Ascii.pack(firm) >>> Integer.SIZE))
                .accountHigh(Ascii.BLANK)
                .accountLow(Ascii.BLANK)
                .username(Ascii.BLANK)
                .openOrders(SetLimitsEncoder.openOrdersNullValue())
                .orderQuantity(lots)
                .orderNotional(SetLimitsEncoder.orderNotionalNullValue())
                .position(SetLimitsEncoder.positionNullValue())
                .exposure(SetLimitsEncoder.exposureNullValue())
                .alike(SetLimitsEncoder.alikeNullValue())
                .warnPercent((short) 0);
        commands.add(buffer);
        return this;
    }

    /** Every new order asks for this self-trade prevention: N, O, B or D. */
    public WhatIf selfTradePrevention(final char mode) {
        if ("NOBD".indexOf(mode) < 0) {
            throw new IllegalArgumentException("self-trade prevention " + mode + ": N, O, B or D");
        }
        selfTradePrevention = mode;
        return this;
    }

    /**
     * A logged command as the second run gets it.
     *
     * @return the bytes given, or {@link #changed} with a changed command from offset 0
     */
    int change(final DirectBuffer buffer, final int offset) {
        header.wrap(buffer, offset);
        if (selfTradePrevention == 0 || header.templateId() != EnterOrderDecoder.TEMPLATE_ID) {
            return 0;
        }
        order.wrapAndApplyHeader(buffer, offset, header);
        newOrder.wrapAndApplyHeader(changed, 0, newHeader);
        changed.putBytes(HEADER, buffer, offset + HEADER, EnterOrderEncoder.BLOCK_LENGTH);
        final int length = order.optionsLength();
        if (length == 0) {
            OptionBlock.begin(options, newHeader, block, 0);
        } else {
            order.getOptions(block, 0, length);
        }
        options.wrap(block, HEADER).selfTradePrevention((byte) selfTradePrevention);
        newOrder.putOptions(block, 0, OptionBlock.LENGTH);
        return HEADER + newOrder.encodedLength();
    }

    MutableDirectBuffer changed() {
        return changed;
    }
}
