package io.spindle.codec.ouch;

import static java.nio.ByteOrder.BIG_ENDIAN;

import io.spindle.oms.OptionBlock;
import io.spindle.oms.command.MassCancelEncoder;
import io.spindle.oms.command.MessageHeaderEncoder;
import io.spindle.oms.command.OrderOptionsEncoder;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The options of one client message, read from its appendage into the form in which they are
 * logged. A tag that this server does not carry, one of the wrong length, a side that is none, or
 * the group that means none in the log makes the whole set unknown: such a message is refused,
 * never half obeyed.
 */
final class Options {
    /** Bytes of {@link #block} when any order option was given. */
    static final int BLOCK_LENGTH = OptionBlock.LENGTH;

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final OrderOptionsEncoder options = new OrderOptionsEncoder();
    private final UnsafeBuffer block = new UnsafeBuffer(new byte[BLOCK_LENGTH]);
    private int userRefIdx;
    private boolean hasUserRefIdx;
    private boolean hasOrderOptions;
    private boolean onlyFilters;
    private boolean known;
    private byte side;
    private int groupId;

    /** Reads the elements between two offsets; they are whole. */
    void read(final DirectBuffer buffer, final int offset, final int end) {
        userRefIdx = 0;
        hasUserRefIdx = false;
        hasOrderOptions = false;
        onlyFilters = true;
        known = true;
        side = MassCancelEncoder.sideNullValue();
        groupId = MassCancelEncoder.groupIdNullValue();
        for (int element = offset; element < end; element = Appendage.next(buffer, element)) {
            final int tag = Appendage.tag(buffer, element);
            final int length = Tag.valueLength(tag);
            if (length == 0 || length != Appendage.valueLength(buffer, element)) {
                known = false;
            } else {
                take(tag, buffer, Appendage.valueOffset(element));
            }
        }
    }

    private void take(final int tag, final DirectBuffer buffer, final int value) {
        switch (tag) {
            case Tag.USER_REF_IDX:
                userRefIdx = buffer.getByte(value) & 0xFF;
                hasUserRefIdx = true;
                break;
            case Tag.SIDE:
                side = buffer.getByte(value);
                known &= isSide(side);
                break;
            default:
                onlyFilters &= tag == Tag.GROUP_ID;
                if (!hasOrderOptions) {
                    OptionBlock.begin(options, header, block, 0);
                    hasOrderOptions = true;
                }
                takeOrderOption(tag, buffer, value);
                break;
        }
    }

    private static boolean isSide(final byte value) {
        return value == 'B' || value == 'S' || value == 'T' || value == 'E';
    }

    private void takeOrderOption(final int tag, final DirectBuffer buffer, final int value) {
        switch (Tag.valueLength(tag)) {
            case Byte.BYTES:
                takeCharacter(tag, buffer.getByte(value));
                break;
            case Short.BYTES:
                takeShort(tag, buffer.getShort(value, BIG_ENDIAN) & 0xFFFF);
                break;
            case Integer.BYTES:
                takeInt(tag, buffer.getInt(value, BIG_ENDIAN));
                break;
            case Long.BYTES:
                takeLong(tag, buffer.getLong(value, BIG_ENDIAN));
                break;
            default:
                options.accountHigh(buffer.getLong(value, BIG_ENDIAN));
                options.accountLow(buffer.getLong(value + Long.BYTES, BIG_ENDIAN));
                break;
        }
    }

    private void takeCharacter(final int tag, final byte value) {
        switch (tag) {
            case Tag.CUSTOMER_TYPE:
                options.customerType(value);
                break;
            case Tag.PRICE_TYPE:
                options.priceType(value);
                break;
            case Tag.POST_ONLY:
                options.postOnly(value);
                break;
            case Tag.HANDLE_INSTRUCTION:
                options.handleInstruction(value);
                break;
            case Tag.TRIGGER:
                options.trigger(value);
                break;
            case Tag.TRAIL_TYPE:
                options.trailType(value);
                break;
            case Tag.LINK_ROLE:
                options.linkRole(value);
                break;
            case Tag.SELF_TRADE_PREVENTION:
                options.selfTradePrevention(value);
                break;
            case Tag.WANT_TIMES:
                options.wantTimes((short) (value & 0xFF));
                break;
            default:
                known = false;
                break;
        }
    }

    private void takeShort(final int tag, final int value) {
        if (tag == Tag.GROUP_ID) {
            groupId = value;
            known &= value != MassCancelEncoder.groupIdNullValue();
            options.groupId(value);
        } else {
            known = false;
        }
    }

    private void takeInt(final int tag, final int value) {
        switch (tag) {
            case Tag.FIRM:
                options.firm(value);
                break;
            case Tag.MIN_QUANTITY:
                options.minQuantity(value & 0xFFFF_FFFFL);
                break;
            case Tag.MAX_FLOOR:
                options.maxFloor(value & 0xFFFF_FFFFL);
                break;
            case Tag.PEG_OFFSET:
                options.pegOffset(value);
                break;
            case Tag.RANDOM_RESERVES:
                options.randomReserves(value & 0xFFFF_FFFFL);
                break;
            case Tag.ROUTE:
                options.route(value & 0xFFFF_FFFFL);
                break;
            case Tag.EXPIRE_TIME:
                options.expireSeconds(value & 0xFFFF_FFFFL);
                break;
            case Tag.LINK_ID:
                options.linkId(value & 0xFFFF_FFFFL);
                break;
            case Tag.STRATEGY_ID:
                options.strategyId(value & 0xFFFF_FFFFL);
                break;
            default:
                known = false;
                break;
        }
    }

    private void takeLong(final int tag, final long value) {
        switch (tag) {
            case Tag.EXPIRE_AT:
                options.expireAt(value);
                break;
            case Tag.STOP_PRICE:
                options.stopPrice(value);
                break;
            case Tag.TRAIL:
                options.trail(value);
                break;
            case Tag.DEADLINE:
                options.deadline(value);
                break;
            default:
                known = false;
                break;
        }
    }

    /** Which of the session's number series the message belongs to; 0 unless it says so. */
    int userRefIdx() {
        return userRefIdx;
    }

    /** Only orders of this index, in a mass cancel; null value = all. */
    short onlyUserRefIdx() {
        return hasUserRefIdx ? (short) userRefIdx : MassCancelEncoder.onlyUserRefIdxNullValue();
    }

    /** Only orders of this side, in a mass cancel; null value = both. */
    byte side() {
        return side;
    }

    /** Only orders of this group, in a mass cancel; null value = all. */
    int groupId() {
        return groupId;
    }

    /** Options that order messages carry; they are fit for an order. */
    boolean areForAnOrder() {
        return known && side == MassCancelEncoder.sideNullValue();
    }

    /** True when nothing but the number series was given: all that a cancel can carry. */
    boolean areOnlyTheIndex() {
        return areForAnOrder() && !hasOrderOptions;
    }

    /** Filters of a mass cancel and nothing else were given. */
    boolean areFilters() {
        return known && onlyFilters;
    }

    /** The logged form of the options of an order. */
    DirectBuffer block() {
        return block;
    }

    /** Bytes of {@link #block}, 0 when no order option was given. */
    int blockLength() {
        return hasOrderOptions ? BLOCK_LENGTH : 0;
    }
}
