package io.spindle.oms;

import java.util.ArrayList;
import java.util.List;

/** Writes down every event of the public feed as a line of text. */
class MarketRecorder implements MarketEvents {
    private final List<String> lines = new ArrayList<>();

    /** What was said since the last call. */
    List<String> take() {
        final List<String> taken = List.copyOf(lines);
        lines.clear();
        return taken;
    }

    final void add(final String format, final Object... arguments) {
        lines.add(String.format(format, arguments));
    }

    @Override
    public void onSystemEvent(final int code) {
        add("itch system %c", (char) code);
    }

    @Override
    public void onInstrument(final int instrument) {
        add("itch instrument %d", instrument);
    }

    @Override
    public void onTradingState(final int instrument, final int state) {
        add("itch state %d %c", instrument, (char) state);
    }

    @Override
    public void onOrderAdded(
            final int instrument,
            final long orderReference,
            final int side,
            final long quantity,
            final long price) {
        add("itch added %d %c %d@%d", orderReference, (char) side, quantity, price);
    }

    @Override
    public void onOrderExecuted(
            final int instrument,
            final long orderReference,
            final long quantity,
            final long price,
            final long matchNumber) {
        add("itch executed %d %d match=%d", orderReference, quantity, matchNumber);
    }

    @Override
    public void onOrderReduced(
            final int instrument, final long orderReference, final long cancelledQuantity) {
        add("itch reduced %d %d", orderReference, cancelledQuantity);
    }

    @Override
    public void onOrderDeleted(final int instrument, final long orderReference) {
        add("itch deleted %d", orderReference);
    }

    @Override
    public void onOrderReplaced(
            final int instrument,
            final long oldReference,
            final long newReference,
            final int side,
            final long quantity,
            final long price) {
        add("itch replaced %d by %d %d@%d", oldReference, newReference, quantity, price);
    }

    @Override
    public void onOrderCrossed(
            final int instrument,
            final long orderReference,
            final long quantity,
            final long price,
            final long matchNumber) {
        add("itch crossed %d %d@%d match=%d", orderReference, quantity, price, matchNumber);
    }

    @Override
    public void onCrossTrade(
            final int instrument,
            final long quantity,
            final long price,
            final long matchNumber,
            final int cross) {
        add("itch cross %d@%d match=%d %c", quantity, price, matchNumber, (char) cross);
    }

    @Override
    public void onHiddenTrade(
            final int instrument,
            final int side,
            final long quantity,
            final long price,
            final long matchNumber) {
        add("itch hidden %d@%d match=%d", quantity, price, matchNumber);
    }

    @Override
    public void onTradeBroken(final int instrument, final long matchNumber) {
        add("itch broken %d", matchNumber);
    }
}
