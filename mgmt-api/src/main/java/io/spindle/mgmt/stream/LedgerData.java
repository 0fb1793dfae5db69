package io.spindle.mgmt.stream;

import io.spindle.mgmt.model.Fact;
import io.spindle.mgmt.stream.EventLog.Position;
import io.spindle.mgmt.view.LedgerChanges;
import io.spindle.mgmt.view.View;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Cash, holdings, sessions and the day as one subscriber knows them. Their values change with
 * orders, marks and settlements, of which no event tells: what looks different since the subscriber
 * was told is told in its present form, once, however often it changed. For one thread.
 */
final class LedgerData {
    private static final Set<Topic> TOPICS = Set.of(Topic.BALANCES, Topic.HOLDINGS, Topic.STATUS);

    /** In front of all that can look different. */
    private static final long NOTHING = -1;

    private final Interest interest;

    /** What looked different up to here has been told. */
    private long toldUpTo;

    LedgerData(final Interest interest) {
        this.interest = interest;
    }

    boolean isWanted() {
        return interest.topics().stream().anyMatch(TOPICS::contains);
    }

    /** The subscriber is told how everything is now. */
    void begin(final View.Reading now) {
        if (isWanted()) {
            now.ledger().changes().look(true);
        }
        toldUpTo = now.sequence();
    }

    /**
     * The subscriber knows how everything was at a whole sequence, which a bookmark named. Behind
     * an event that is not sure: what looked different before it may not have been told.
     */
    void beginBehind(final Position resume) {
        final boolean isWhole = resume.index() == Integer.MAX_VALUE;
        toldUpTo = isWhole ? resume.sequence() : NOTHING;
    }

    /**
     * What looks different since the last call, for whoever wants it.
     *
     * @param exactly all of it, not only what was seen to a moment ago
     */
    List<Event> changes(final View.Reading now, final boolean exactly) {
        if (!isWanted()) {
            return List.of();
        }
        final LedgerChanges changes = now.ledger().changes();
        final long known = changes.look(exactly);
        final List<Event> different =
                Stream.<Stream<? extends Fact>>of(
                                wanted(Topic.BALANCES, changes.cashBehind(toldUpTo)),
                                wanted(Topic.HOLDINGS, changes.holdingsBehind(toldUpTo)),
                                wanted(Topic.STATUS, changes.statusBehind(toldUpTo)))
                        .flatMap(part -> part)
                        .map(fact -> new Event(fact, 0))
                        .toList();
        toldUpTo = Math.max(toldUpTo, known);
        return different;
    }

    private Stream<? extends Fact> wanted(final Topic topic, final Stream<? extends Fact> facts) {
        return interest.topics().contains(topic) ? facts : Stream.empty();
    }
}
