package io.spindle.matcher;

import java.util.ArrayList;
import java.util.List;

/** Events in words. */
final class EventSentences implements MatchListener {
    private final List<String> sentences = new ArrayList<>();

    List<String> list() {
        return sentences;
    }

    private void say(final int book, final String format, final Object... values) {
        sentences.add(format.formatted(values) + " book=" + book);
    }

    private static String side(final int side) {
        return side == OrderTerms.BUY ? "buy" : "sell";
    }

    @Override
    public void onFill(
            final int book,
            final int maker,
            final int taker,
            final long priceTicks,
            final long lots,
            final long makerLeavesLots,
            final long takerLeavesLots) {
        say(
                book,
                "fill maker=%d taker=%d %d@%d leaves=%d/%d",
                maker,
                taker,
                lots,
                priceTicks,
                makerLeavesLots,
                takerLeavesLots);
    }

    @Override
    public void onRested(
            final int book,
            final int order,
            final int side,
            final long priceTicks,
            final long displayedLots) {
        say(book, "rested %d %s %d@%d", order, side(side), displayedLots, priceTicks);
    }

    @Override
    public void onCancelled(
            final int book,
            final int order,
            final long cancelledLots,
            final long leavesLots,
            final int reason,
            final boolean wasResting) {
        say(
                book,
                "cancelled %d lots=%d leaves=%d reason=%d %s",
                order,
                cancelledLots,
                leavesLots,
                reason,
                wasResting ? "resting" : "incoming");
    }

    @Override
    public void onHeld(final int book, final int order) {
        say(book, "held %d", order);
    }

    @Override
    public void onWoken(final int book, final int order, final long lots) {
        say(book, "woken %d lots=%d", order, lots);
    }

    @Override
    public void onTriggered(final int book, final int order, final boolean fired) {
        say(book, "triggered %d%s", order, fired ? " fired" : "");
    }

    @Override
    public void onReplenished(
            final int book,
            final int order,
            final int side,
            final long priceTicks,
            final long displayedLots) {
        say(book, "replenished %d %s %d@%d", order, side(side), displayedLots, priceTicks);
    }

    @Override
    public void onUncrossed(
            final int book,
            final int buy,
            final int sell,
            final long priceTicks,
            final long lots,
            final long buyLeavesLots,
            final long sellLeavesLots) {
        say(
                book,
                "uncrossed buy=%d sell=%d %d@%d leaves=%d/%d",
                buy,
                sell,
                lots,
                priceTicks,
                buyLeavesLots,
                sellLeavesLots);
    }

    @Override
    public void onTradingState(final int book, final int state) {
        say(book, "state %d", state);
    }
}
