package io.spindle.mgmt.view;

import io.spindle.mgmt.model.Trade;
import io.spindle.mgmt.model.TradeBroken;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The most recent trades; older ones are in the database.
 *
 * <p><i>Guarded by</i> the {@link View}.
 */
public final class TradeHistory {
    private final LinkedHashMap<Long, Trade> trades = new LinkedHashMap<>();
    private final int maxTrades;
    private long count;
    private long forgottenUpToNs;

    TradeHistory(final int maxTrades) {
        this.maxTrades = maxTrades;
    }

    void put(final Trade trade) {
        if (trades.size() == maxTrades) {
            forgottenUpToNs = trades.pollFirstEntry().getValue().timeNs();
        }
        mark(trade.corrects(), Trade.Status.CORRECTED);
        trades.put(trade.matchNumber(), trade);
        count++;
    }

    void put(final TradeBroken broken) {
        mark(broken.matchNumber(), Trade.Status.BUSTED);
    }

    private void mark(final long matchNumber, final Trade.Status status) {
        trades.computeIfPresent(matchNumber, (number, trade) -> trade.with(status));
    }

    /** Whatever was traded up to then is not here. */
    void forgetUpTo(final long timeNs) {
        forgottenUpToNs = timeNs;
    }

    /** Trades up to this time, ns since 1970, may be missing; 0 if none is. */
    public long forgottenUpToNs() {
        return forgottenUpToNs;
    }

    /** Whether a trade with this number, if there was one, came before all that are here. */
    public boolean isForgotten(final long matchNumber) {
        return forgottenUpToNs > 0
                && matchNumber > 0
                && (trades.isEmpty() || matchNumber < trades.firstEntry().getKey());
    }

    /** Trades ever seen by this replica. */
    public long count() {
        return count;
    }

    /** Those that pass, the latest first. */
    public List<Trade> list(final Predicate<Trade> filter) {
        return trades.sequencedValues().reversed().stream().filter(filter).toList();
    }

    public Optional<Trade> find(final long matchNumber) {
        return Optional.ofNullable(trades.get(matchNumber));
    }
}
