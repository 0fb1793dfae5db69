package io.spindle.connector;

import io.spindle.client.FeedBook;
import io.spindle.oms.InstrumentTable;

import org.agrona.collections.Int2ObjectHashMap;

/**
 * Makes quotes of the venue's public feed: the top of every book that we trade too, when it has
 * changed, and again before it is too old to count.
 */
final class QuoteSender {
    /** An unchanged quote is as young as this. */
    static final long REFRESH_NS = 200_000_000L;

    /** With so much waiting for the ring, quotes wait until they can be new ones. */
    private static final int MAX_WAITING = 256;

    private static final class Top {
        private long bid;
        private long bidLots;
        private long ask;
        private long askLots;
        private long sentNs;
        private boolean sent;
    }

    private final FeedBook book;
    private final Outbox outbox;
    private final VenueCommands commands;
    private final Int2ObjectHashMap<Top> tops = new Int2ObjectHashMap<>();
    private long price;
    private long lots;

    QuoteSender(final FeedBook book, final Outbox outbox, final VenueCommands commands) {
        this.book = book;
        this.outbox = outbox;
        this.commands = commands;
    }

    void send(final InstrumentTable instruments, final long nowNs) {
        for (int i = 1; i <= instruments.count() && outbox.waiting() < MAX_WAITING; i++) {
            if (!instruments.isRemoved(i)) {
                send(tops.computeIfAbsent(i, ignored -> new Top()), instruments.symbol(i), nowNs);
            }
        }
    }

    private void send(final Top top, final long symbol, final long nowNs) {
        look(symbol, 'B');
        final boolean sameBid = price == top.bid && lots == top.bidLots;
        top.bid = price;
        top.bidLots = lots;
        look(symbol, 'S');
        final boolean same = sameBid && price == top.ask && lots == top.askLots;
        top.ask = price;
        top.askLots = lots;
        if (!same || !top.sent || nowNs - top.sentNs >= REFRESH_NS) {
            top.sent = true;
            top.sentNs = nowNs;
            commands.quote(symbol, top.bid, top.bidLots, top.ask, top.askLots);
        }
    }

    private void look(final long symbol, final char side) {
        price = 0;
        lots = 0;
        book.visitLevels(
                symbol,
                side,
                (levelPrice, shares, orders) -> {
                    price = levelPrice;
                    lots = shares;
                    return false;
                });
    }
}
