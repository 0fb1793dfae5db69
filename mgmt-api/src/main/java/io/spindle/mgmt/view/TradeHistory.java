package io.spindle.mgmt.view;

import io.spindle.mgmt.model.Trade;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The most recent trades; older ones are in the database.
 *
 * <p><i>Guarded by</i> the {@link View}.
 */
public final class TradeHistory {
    private final ArrayDeque<Trade> trades = new ArrayDeque<>();
    private final int maxTrades;
    private long count;

    TradeHistory(final int maxTrades) {
        this.maxTrades = maxTrades;
    }

    void put(final Trade trade) {
        if (trades.size() == maxTrades) {
            trades.removeFirst();
        }
        trades.addLast(trade);
        count++;
    }

    /** Trades ever seen by this replica. */
    public long count() {
        return count;
    }

    /** Those that pass, the latest first. */
    public List<Trade> list(final Predicate<Trade> filter) {
        return latestFirst().filter(filter).toList();
    }

    public Optional<Trade> find(final long matchNumber) {
        return latestFirst().filter(trade -> trade.matchNumber() == matchNumber).findFirst();
    }

    private Stream<Trade> latestFirst() {
        final Iterator<Trade> iterator = trades.descendingIterator();
        return StreamSupport.stream(
                Spliterators.spliterator(iterator, trades.size(), Spliterator.ORDERED), false);
    }
}
