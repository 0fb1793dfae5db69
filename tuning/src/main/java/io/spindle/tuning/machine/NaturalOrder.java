package io.spindle.tuning.machine;

import java.util.Comparator;

/** Orders cpu2 before cpu10: runs of digits compare as numbers, the rest as text. */
enum NaturalOrder implements Comparator<String> {
    INSTANCE;

    @Override
    public int compare(final String left, final String right) {
        int i = 0;
        int j = 0;
        while (i < left.length() && j < right.length()) {
            final int leftEnd = digitsEnd(left, i);
            final int rightEnd = digitsEnd(right, j);
            final int order;
            if (leftEnd > i && rightEnd > j) {
                order =
                        new java.math.BigInteger(left.substring(i, leftEnd))
                                .compareTo(new java.math.BigInteger(right.substring(j, rightEnd)));
                i = leftEnd;
                j = rightEnd;
            } else {
                order = Character.compare(left.charAt(i++), right.charAt(j++));
            }
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(left.length() - i, right.length() - j);
    }

    private static int digitsEnd(final String text, final int from) {
        int end = from;
        while (end < text.length() && Character.isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }
}
