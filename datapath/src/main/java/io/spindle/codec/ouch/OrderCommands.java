package io.spindle.codec.ouch;

import io.spindle.codec.ouch.wire.CancelDecoder;
import io.spindle.codec.ouch.wire.EnterDecoder;
import io.spindle.codec.ouch.wire.MassCancelDecoder;
import io.spindle.codec.ouch.wire.ModifyDecoder;
import io.spindle.codec.ouch.wire.ReplaceDecoder;
import io.spindle.log.CommandLog;
import io.spindle.oms.command.AccountQueryEncoder;
import io.spindle.oms.command.CancelOrderEncoder;
import io.spindle.oms.command.EnterOrderEncoder;
import io.spindle.oms.command.MassCancelEncoder;
import io.spindle.oms.command.MessageHeaderEncoder;
import io.spindle.oms.command.ModifyOrderEncoder;
import io.spindle.oms.command.RefusedEncoder;
import io.spindle.oms.command.ReplaceOrderEncoder;
import io.spindle.oms.command.SetEntryEncoder;

/**
 * Appends order commands to the log, from messages already validated. Each method returns false,
 * having done nothing, when the log has no room; cancels, queries and refusals use reserved room.
 */
public final class OrderCommands {
    private static final int HEADER = MessageHeaderEncoder.ENCODED_LENGTH;
    private static final int OPTIONS_LENGTH_FIELD = EnterOrderEncoder.optionsHeaderLength();

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final EnterOrderEncoder enterOrder = new EnterOrderEncoder();
    private final ReplaceOrderEncoder replaceOrder = new ReplaceOrderEncoder();
    private final CancelOrderEncoder cancelOrder = new CancelOrderEncoder();
    private final ModifyOrderEncoder modifyOrder = new ModifyOrderEncoder();
    private final MassCancelEncoder massCancel = new MassCancelEncoder();
    private final SetEntryEncoder setEntry = new SetEntryEncoder();
    private final AccountQueryEncoder accountQuery = new AccountQueryEncoder();
    private final RefusedEncoder refused = new RefusedEncoder();
    private final CommandLog log;
    private long timeNs;

    public OrderCommands(final CommandLog log) {
        this.log = log;
    }

    /** Log time of the commands that follow. */
    void at(final long logTimeNs) {
        timeNs = logTimeNs;
    }

    boolean enter(
            final int session,
            final Options options,
            final EnterDecoder in,
            final long receivedNs) {
        final int length =
                HEADER
                        + EnterOrderEncoder.BLOCK_LENGTH
                        + OPTIONS_LENGTH_FIELD
                        + options.blockLength();
        final int claim = log.claim(length, false);
        if (claim == CommandLog.BACK_PRESSURED) {
            return false;
        }
        enterOrder
                .wrapAndApplyHeader(log.buffer(), claim, header)
                .session(session)
                .userRefIdx((short) options.userRefIdx())
                .side(in.side())
                .userRefNum(in.userRefNum())
                .symbol(in.symbol())
                .quantity(in.quantity())
                .price(in.price())
                .clOrdIdHigh(ClOrdId.high(in.clOrdId()))
                .clOrdIdLow(ClOrdId.low(in.clOrdId()))
                .receivedNs(receivedNs)
                .timeInForce(in.timeInForce())
                .display(in.display())
                .capacity(in.capacity())
                .interMarketSweep(in.interMarketSweep())
                .crossType(in.crossType())
                .putOptions(options.block(), 0, options.blockLength());
        log.commit(length, timeNs);
        return true;
    }

    boolean replace(
            final int session,
            final Options options,
            final ReplaceDecoder in,
            final long receivedNs) {
        final int length =
                HEADER
                        + ReplaceOrderEncoder.BLOCK_LENGTH
                        + OPTIONS_LENGTH_FIELD
                        + options.blockLength();
        final int claim = log.claim(length, false);
        if (claim == CommandLog.BACK_PRESSURED) {
            return false;
        }
        replaceOrder
                .wrapAndApplyHeader(log.buffer(), claim, header)
                .session(session)
                .userRefIdx((short) options.userRefIdx())
                .timeInForce(in.timeInForce())
                .originalUserRefNum(in.originalUserRefNum())
                .userRefNum(in.userRefNum())
                .display(in.display())
                .interMarketSweep(in.interMarketSweep())
                .quantity(in.quantity())
                .price(in.price())
                .clOrdIdHigh(ClOrdId.high(in.clOrdId()))
                .clOrdIdLow(ClOrdId.low(in.clOrdId()))
                .receivedNs(receivedNs)
                .putOptions(options.block(), 0, options.blockLength());
        log.commit(length, timeNs);
        return true;
    }

    boolean cancel(
            final int session,
            final int userRefIdx,
            final CancelDecoder in,
            final long receivedNs) {
        final int length = HEADER + CancelOrderEncoder.BLOCK_LENGTH;
        final int claim = log.claim(length, true);
        if (claim == CommandLog.BACK_PRESSURED) {
            return false;
        }
        cancelOrder
                .wrapAndApplyHeader(log.buffer(), claim, header)
                .session(session)
                .userRefIdx((short) userRefIdx)
                .userRefNum(in.userRefNum())
                .quantity(in.quantity())
                .receivedNs(receivedNs);
        log.commit(length, timeNs);
        return true;
    }

    boolean modify(
            final int session,
            final int userRefIdx,
            final ModifyDecoder in,
            final long receivedNs) {
        final int length = HEADER + ModifyOrderEncoder.BLOCK_LENGTH;
        final int claim = log.claim(length, true);
        if (claim == CommandLog.BACK_PRESSURED) {
            return false;
        }
        modifyOrder
                .wrapAndApplyHeader(log.buffer(), claim, header)
                .session(session)
                .userRefIdx((short) userRefIdx)
                .side(in.side())
                .userRefNum(in.userRefNum())
                .quantity(in.quantity())
                .receivedNs(receivedNs);
        log.commit(length, timeNs);
        return true;
    }

    boolean massCancel(
            final int session,
            final Options options,
            final MassCancelDecoder in,
            final long receivedNs) {
        final int length = HEADER + MassCancelEncoder.BLOCK_LENGTH;
        final int claim = log.claim(length, true);
        if (claim == CommandLog.BACK_PRESSURED) {
            return false;
        }
        massCancel
                .wrapAndApplyHeader(log.buffer(), claim, header)
                .session(session)
                .userRefIdx((short) options.userRefIdx())
                .side(options.side())
                .userRefNum(in.userRefNum())
                .firm(in.firm())
                .symbol(in.symbol())
                .groupId(options.groupId())
                .onlyUserRefIdx(options.onlyUserRefIdx())
                .receivedNs(receivedNs);
        log.commit(length, timeNs);
        return true;
    }

    boolean setEntry(
            final int session,
            final int userRefIdx,
            final boolean enabled,
            final long userRefNum,
            final int firm) {
        final int length = HEADER + SetEntryEncoder.BLOCK_LENGTH;
        final int claim = log.claim(length, true);
        if (claim == CommandLog.BACK_PRESSURED) {
            return false;
        }
        setEntry.wrapAndApplyHeader(log.buffer(), claim, header)
                .session(session)
                .userRefIdx((short) userRefIdx)
                .enabled((short) (enabled ? 1 : 0))
                .userRefNum(userRefNum)
                .firm(firm);
        log.commit(length, timeNs);
        return true;
    }

    boolean query(final int session, final int userRefIdx) {
        final int length = HEADER + AccountQueryEncoder.BLOCK_LENGTH;
        final int claim = log.claim(length, true);
        if (claim == CommandLog.BACK_PRESSURED) {
            return false;
        }
        accountQuery
                .wrapAndApplyHeader(log.buffer(), claim, header)
                .session(session)
                .userRefIdx((short) userRefIdx);
        log.commit(length, timeNs);
        return true;
    }

    boolean refused(
            final int session,
            final int userRefIdx,
            final int userRefNum,
            final int reason,
            final long clOrdIdHigh,
            final long clOrdIdLow) {
        final int length = HEADER + RefusedEncoder.BLOCK_LENGTH;
        final int claim = log.claim(length, true);
        if (claim == CommandLog.BACK_PRESSURED) {
            return false;
        }
        refused.wrapAndApplyHeader(log.buffer(), claim, header)
                .session(session)
                .userRefIdx((short) userRefIdx)
                .userRefNum(userRefNum & 0xFFFF_FFFFL)
                .reason(reason)
                .clOrdIdHigh(clOrdIdHigh)
                .clOrdIdLow(clOrdIdLow);
        log.commit(length, timeNs);
        return true;
    }
}
