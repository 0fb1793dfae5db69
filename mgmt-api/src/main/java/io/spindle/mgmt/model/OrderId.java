package io.spindle.mgmt.model;

import java.util.Optional;

/**
 * What names an order for ever: the session that sent it and the number it gave. Written {@code
 * TEST00-0-17}: username, UserRefIdx, UserRefNum.
 */
public record OrderId(String session, int userRefIdx, long userRefNum) {
    private static final int MAX_IDX = 255;
    private static final long MAX_NUM = 0xFFFF_FFFFL;

    @Override
    public String toString() {
        return session + "-" + userRefIdx + "-" + userRefNum;
    }

    /** The id so written, if it is one. A username may itself contain dashes. */
    public static Optional<OrderId> parse(final String text) {
        final int last = text.lastIndexOf('-');
        final int middle = text.lastIndexOf('-', last - 1);
        if (middle < 1) {
            return Optional.empty();
        }
        try {
            final int idx = Integer.parseInt(text.substring(middle + 1, last));
            final long num = Long.parseLong(text.substring(last + 1));
            final boolean inRange = idx >= 0 && idx <= MAX_IDX && num >= 0 && num <= MAX_NUM;
            return inRange
                    ? Optional.of(new OrderId(text.substring(0, middle), idx, num))
                    : Optional.empty();
        } catch (final NumberFormatException notNumbers) {
            return Optional.empty();
        }
    }
}
