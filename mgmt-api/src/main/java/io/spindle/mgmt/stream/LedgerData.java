package io.spindle.mgmt.stream;

import io.spindle.mgmt.stream.EventLog.Position;
import io.spindle.mgmt.view.LedgerChanges;
import io.spindle.mgmt.view.LedgerChanges.Kind;
import io.spindle.mgmt.view.LedgerChanges.Owner;
import io.spindle.mgmt.view.View;

import java.util.List;
import java.util.Set;

/**
 * Cash, holdings, sessions and the day as one subscriber knows them. Their values change with
 * orders, marks and settlements, of which no event tells: what looks different since the subscriber
 * was told is told in its present form, once, however often it changed. For one thread.
 */
final class LedgerData {
    private static final Set<Topic> TOPICS = Set.of(Topic.BALANCES, Topic.HOLDINGS, Topic.STATUS);

    /** In front of all that can look different. */
    private static final long NOTHING = -1;

    private static final long UNKNOWN = -1;

    private final Interest interest;

    /** In the list of changes, behind what has been told; unknown before it was first looked at. */
    private long place = UNKNOWN;

    /** What looked different up to this sequence is known to the subscriber from before. */
    private long knownUpTo = NOTHING;

    LedgerData(final Interest interest) {
        this.interest = interest;
    }

    /**
     * What looks different.
     *
     * @param more there is more to look at or to tell
     * @param known the sequence up to which all has been told with this, if there is no more
     */
    record Part(List<Event> different, boolean more, long known) {}

    boolean isWanted() {
        return interest.topics().stream().anyMatch(TOPICS::contains);
    }

    /** The subscriber is told how everything is now. */
    void begin(final View.Reading now) {
        if (!isWanted()) {
            return;
        }
        final LedgerChanges changes = now.ledger().changes();
        if (changes.known() < 0) {
            changes.lookAtAll();
        }
        place = changes.end();
    }

    /**
     * The subscriber knows how everything was at a whole sequence, which a bookmark named. Behind
     * an event that is not sure: what looked different before it may not have been told.
     */
    void beginBehind(final Position resume) {
        final boolean isWhole = resume.index() == Integer.MAX_VALUE;
        knownUpTo = isWhole ? resume.sequence() : NOTHING;
    }

    /** Some of what looks different since the last call and is for the subscriber. */
    Part changes(final View.Reading now) {
        if (!isWanted()) {
            return new Part(List.of(), false, now.sequence());
        }
        final LedgerChanges changes = now.ledger().changes();
        final boolean looking = changes.look();
        if (place == UNKNOWN) {
            place = changes.endAt(knownUpTo);
        }
        final LedgerChanges.Part part = changes.behind(place, this::concerns);
        place = part.place();
        final List<Event> different =
                part.facts().stream().map(fact -> new Event(fact, 0)).toList();
        return new Part(different, looking || part.more(), changes.known());
    }

    private boolean concerns(final Owner owner) {
        return interest.topics().contains(topic(owner.kind()))
                && (owner.kind() == Kind.DAY || interest.caller().maySee(owner.firm()))
                && (interest.accounts().isEmpty() || interest.accounts().contains(owner.account()))
                && interest.isAbout(owner.symbol());
    }

    private static Topic topic(final Kind kind) {
        return switch (kind) {
            case CASH -> Topic.BALANCES;
            case HOLDING -> Topic.HOLDINGS;
            case SESSION, DAY -> Topic.STATUS;
        };
    }
}
