package io.spindle.perf.lobster;

/**
 * One line of a LOBSTER message file.
 *
 * @param timeNs since midnight
 * @param type one of the constants
 * @param orderId the venue's number of the resting order
 * @param size shares
 * @param price four implied decimals
 * @param side {@code 'B'} or {@code 'S'}: the side of the resting order, for executions too
 */
record LobsterMessage(long timeNs, int type, long orderId, long size, long price, char side) {
    static final int ADDED = 1;
    static final int REDUCED = 2;
    static final int DELETED = 3;
    static final int EXECUTED = 4;
    static final int EXECUTED_HIDDEN = 5;
    static final int CROSSED = 6;
    static final int HALTED = 7;

    private static final int NS_DIGITS = 9;

    static LobsterMessage parse(final String line) {
        final String[] cells = line.split(",");
        return new LobsterMessage(
                nanoseconds(cells[0]),
                Integer.parseInt(cells[1]),
                Long.parseLong(cells[2]),
                Long.parseLong(cells[3]),
                Long.parseLong(cells[4]),
                cells[5].equals("1") ? 'B' : 'S');
    }

    char oppositeSide() {
        return side == 'B' ? 'S' : 'B';
    }

    /** Seconds with up to nine decimals, without a detour over floating point. */
    private static long nanoseconds(final String seconds) {
        final int point = seconds.indexOf('.');
        final String whole = point < 0 ? seconds : seconds.substring(0, point);
        final String decimals = point < 0 ? "" : seconds.substring(point + 1);
        final String padded = (decimals + "000000000").substring(0, NS_DIGITS);
        return Long.parseLong(whole) * 1_000_000_000L + Long.parseLong(padded);
    }
}
