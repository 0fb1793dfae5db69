package io.spindle.perf.engine;

import io.spindle.matcher.MatchListener;
import io.spindle.matcher.Matcher;
import io.spindle.matcher.MatcherConfig;
import io.spindle.matcher.OrderTerms;

/** The matcher alone, whose caller knows every order's name already. */
final class MatcherPlayer implements StreamPlayer {
    private final EngineStream stream;
    private final Fills fills = new Fills();
    private final Matcher matcher;
    private final OrderTerms terms = new OrderTerms();

    MatcherPlayer(final EngineStream stream, final int resting) {
        this.stream = stream;
        this.matcher =
                new Matcher(
                        MatcherConfig.of(OrderSource.maxLive(resting), Members.INSTRUMENTS + 1),
                        fills);
        for (int book = 0; book < Members.INSTRUMENTS; book++) {
            matcher.openBook(book, EngineStream.MAX_TICKS);
        }
        matcher.makeResident();
    }

    @Override
    public void play(final int from, final int to) {
        for (int i = from; i < to; i++) {
            if (stream.targets[i] >= 0) {
                matcher.cancel(stream.orders[i], 'U');
                continue;
            }
            terms(stream, i, terms);
            if (matcher.admit(terms) == 0) {
                matcher.enter(terms);
            }
        }
    }

    static void terms(final EngineStream stream, final int i, final OrderTerms terms) {
        terms.book = stream.instruments[i];
        terms.order = stream.orders[i];
        terms.side = stream.sides[i];
        terms.timeInForce =
                stream.immediate[i] != 0 ? OrderTerms.IMMEDIATE_OR_CANCEL : OrderTerms.REST;
        terms.priceTicks = stream.ticks[i];
        terms.lots = stream.lots[i];
    }

    @Override
    public long tradedLots() {
        return fills.lots;
    }

    /** Reads every field, so that nothing is optimised away. */
    private static final class Fills implements MatchListener {
        private long lots;
        private long sum;

        @Override
        public void onFill(
                final int book,
                final int maker,
                final int taker,
                final long priceTicks,
                final long lots,
                final long makerLeavesLots,
                final long takerLeavesLots) {
            this.lots += lots;
            sum += book + maker + taker + priceTicks + makerLeavesLots + takerLeavesLots;
        }

        @Override
        public void onRested(
                final int book,
                final int order,
                final int side,
                final long priceTicks,
                final long displayedLots) {
            sum += book + order + side + priceTicks + displayedLots;
        }

        @Override
        public void onCancelled(
                final int book,
                final int order,
                final long cancelledLots,
                final long leavesLots,
                final int reason,
                final boolean wasResting) {
            sum += book + order + cancelledLots + leavesLots + reason + (wasResting ? 1 : 0);
        }
    }
}
