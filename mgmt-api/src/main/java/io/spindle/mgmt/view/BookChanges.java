package io.spindle.mgmt.view;

import io.spindle.mgmt.model.Fact;
import io.spindle.mgmt.model.Instrument;
import io.spindle.mgmt.model.Order;

/** After which command each book may have looked different for the last time. */
final class BookChanges {
    private final long[] changedAt;

    BookChanges(final int maxInstruments) {
        changedAt = new long[maxInstruments + 1];
    }

    void take(final Fact fact) {
        switch (fact) {
            case Order order when order.cause() != Order.Cause.REJECTED ->
                    changedAt[order.instrument().locate()] = order.sequence();
            case Instrument instrument -> changedAt[instrument.locate()] = instrument.sequence();
            default -> {}
        }
    }

    boolean isAfter(final long sequence, final int locate) {
        return changedAt[locate] > sequence;
    }
}
