package io.spindle.client;

import io.spindle.codec.ouch.Appendage;
import io.spindle.codec.ouch.MessageShape;
import io.spindle.codec.ouch.MessageType;
import io.spindle.codec.ouch.Tag;
import io.spindle.codec.ouch.wire.*;
import io.spindle.oms.Ascii;
import io.spindle.oms.RejectCode;

import org.agrona.DirectBuffer;

import java.math.BigDecimal;
import java.nio.ByteOrder;

/** Reports as a person reads them, one line each. */
public final class ReportText {
    private static final int DECIMALS = 4;

    private final MessageShape shape = MessageShape.fromServer();

    /** One line for one report. */
    public String of(final DirectBuffer buffer, final int offset, final int length) {
        if (!shape.isWhole(buffer, offset, length)) {
            return "unreadable report of " + length + " bytes";
        }
        return switch (buffer.getByte(offset)) {
            case MessageType.ACCEPTED -> accepted(buffer, offset);
            case MessageType.REPLACED -> replaced(buffer, offset);
            case MessageType.EXECUTED -> executed(buffer, offset);
            case MessageType.CANCELED -> canceled(buffer, offset);
            case MessageType.MODIFIED -> modified(buffer, offset);
            case MessageType.REJECTED -> rejected(buffer, offset);
            case MessageType.CANCEL_REJECT -> cancelRejected(buffer, offset, length);
            case MessageType.NOT_APPLIED -> notApplied(buffer, offset);
            case MessageType.QUERY_ANSWER ->
                    "next number "
                            + new QueryAnswerDecoder().wrap(buffer, offset, 13, 0).nextUserRefNum();
            default -> "report " + letter(buffer.getByte(offset));
        };
    }

    private static String accepted(final DirectBuffer buffer, final int offset) {
        final AcceptedDecoder report = new AcceptedDecoder();
        report.wrap(buffer, offset, AcceptedDecoder.BLOCK_LENGTH, 0);
        return "accepted   order %d: %s %,d %s at %s, reference %d"
                .formatted(
                        report.userRefNum(),
                        side(report.side()),
                        report.quantity(),
                        Ascii.unpack(report.symbol()),
                        price(report.price()),
                        report.orderReference());
    }

    private static String replaced(final DirectBuffer buffer, final int offset) {
        final ReplacedDecoder report = new ReplacedDecoder();
        report.wrap(buffer, offset, ReplacedDecoder.BLOCK_LENGTH, 0);
        return "replaced   order %d is now %d: %,d left at %s"
                .formatted(
                        report.originalUserRefNum(),
                        report.userRefNum(),
                        report.quantity(),
                        price(report.price()));
    }

    private static String executed(final DirectBuffer buffer, final int offset) {
        final ExecutedDecoder report = new ExecutedDecoder();
        report.wrap(buffer, offset, ExecutedDecoder.BLOCK_LENGTH, 0);
        return "executed   order %d: %,d at %s, match %d"
                .formatted(
                        report.userRefNum(),
                        report.quantity(),
                        price(report.price()),
                        report.matchNumber());
    }

    private static String canceled(final DirectBuffer buffer, final int offset) {
        final CanceledDecoder report = new CanceledDecoder();
        report.wrap(buffer, offset, CanceledDecoder.BLOCK_LENGTH, 0);
        return "canceled   order %d: %,d less, reason %s"
                .formatted(report.userRefNum(), report.quantity(), letter(report.reason()));
    }

    private static String modified(final DirectBuffer buffer, final int offset) {
        final ModifiedDecoder report = new ModifiedDecoder();
        report.wrap(buffer, offset, ModifiedDecoder.BLOCK_LENGTH, 0);
        return "modified   order %d: %s, %,d left"
                .formatted(report.userRefNum(), side(report.side()), report.quantity());
    }

    private static String rejected(final DirectBuffer buffer, final int offset) {
        final RejectedDecoder report = new RejectedDecoder();
        report.wrap(buffer, offset, RejectedDecoder.BLOCK_LENGTH, 0);
        return "rejected   order %d: %s".formatted(report.userRefNum(), reason(report.reason()));
    }

    private static String cancelRejected(
            final DirectBuffer buffer, final int offset, final int length) {
        final CancelRejectDecoder report = new CancelRejectDecoder();
        report.wrap(buffer, offset, CancelRejectDecoder.BLOCK_LENGTH, 0);
        final int elements = offset + CancelRejectDecoder.BLOCK_LENGTH + Short.BYTES;
        final int detail = Appendage.find(buffer, elements, offset + length, Tag.DETAIL);
        return "not canceled: order %d: %s"
                .formatted(
                        report.userRefNum(),
                        detail == Appendage.NONE
                                ? "no reason given"
                                : reason(buffer.getShort(detail, ByteOrder.BIG_ENDIAN) & 0xFFFF));
    }

    private static String notApplied(final DirectBuffer buffer, final int offset) {
        final NotAppliedDecoder report = new NotAppliedDecoder();
        report.wrap(buffer, offset, NotAppliedDecoder.BLOCK_LENGTH, 0);
        return "never arrived: %d messages from number %d on"
                .formatted(report.count(), report.first());
    }

    /** What a reject code means, with its number. */
    static String reason(final int code) {
        final RejectCode known = RejectCode.of(code);
        return (known == null ? "unknown code" : known.meaning) + " (0x%04X)".formatted(code);
    }

    /** As it is if a terminal can show it, else its number: a server may send any byte. */
    private static String letter(final byte value) {
        return value > ' ' && value < 0x7F
                ? String.valueOf((char) value)
                : "0x%02X".formatted(value & 0xFF);
    }

    private static String side(final byte side) {
        return switch (side) {
            case 'B' -> "buy";
            case 'S' -> "sell";
            default -> "sell short";
        };
    }

    private static String price(final long wire) {
        return wire == Long.MAX_VALUE ? "market" : BigDecimal.valueOf(wire, DECIMALS).toString();
    }
}
