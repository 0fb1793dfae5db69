package io.spindle.mgmt.stream;

import io.spindle.mgmt.api.BookJson;
import io.spindle.mgmt.api.TopJson;
import io.spindle.mgmt.model.Instrument;
import io.spindle.mgmt.view.View;

import java.util.ArrayList;
import java.util.List;

/**
 * The books as one subscriber sees them: what has changed since they looked last, in its present
 * form. However slow they are, they get the newest and never fall behind. For one thread.
 */
final class MarketData {
    private static final int LEVELS = 10;

    private final View view;
    private final Interest interest;
    private final boolean top;
    private final boolean depth;

    /** Everything that happened up to here has been told. */
    private long toldUpTo = -1;

    MarketData(final View view, final Interest interest) {
        this.view = view;
        this.interest = interest;
        this.top = interest.hasBooks(Topic.TOP);
        this.depth = interest.hasBooks(Topic.DEPTH);
    }

    boolean isWanted() {
        return top || depth;
    }

    /** What has changed since the last call; the first time, all books. */
    List<FeedMessage> changes() {
        return view.read(this::changes);
    }

    private List<FeedMessage> changes(final View.Reading now) {
        final List<FeedMessage> messages = new ArrayList<>();
        for (final Instrument instrument : changed(now)) {
            if (top) {
                messages.add(
                        FeedMessage.book(now, Topic.TOP, instrument, TopJson.of(now, instrument)));
            }
            if (depth) {
                messages.add(
                        FeedMessage.book(
                                now,
                                Topic.DEPTH,
                                instrument,
                                BookJson.of(now.book(instrument, LEVELS))));
            }
        }
        toldUpTo = now.sequence();
        return messages;
    }

    private List<Instrument> changed(final View.Reading now) {
        final List<Instrument> all = toldUpTo < 0 ? now.instruments() : now.changedBehind(toldUpTo);
        return all.stream().filter(one -> interest.isAbout(one.symbol())).toList();
    }
}
