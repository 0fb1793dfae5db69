package io.spindle.mgmt.stream;

import io.spindle.mgmt.security.Principal;

import java.util.List;
import java.util.Set;

/**
 * What somebody hears of: the views that they chose, narrowed by event, symbol and account, as far
 * as they may see it. Where a symbol or an account is asked for, what has none does not pass.
 *
 * @param events that pass; empty = all, as with symbols and accounts
 */
public record Interest(
        Set<Topic> topics,
        Set<EventType> events,
        Set<String> symbols,
        Set<String> accounts,
        Principal caller) {
    /** Everything in these views. */
    public static Interest in(final Set<Topic> topics, final Principal caller) {
        return new Interest(topics, Set.of(), Set.of(), Set.of(), caller);
    }

    /** The views that show the event to them; none if it is not for them. */
    public List<Topic> views(final Event event) {
        return views(event, event.topics());
    }

    /** The same for who audits: with what the house's own accounts hold. */
    public List<Topic> auditViews(final Event event) {
        return views(event, event.allTopics());
    }

    private List<Topic> views(final Event event, final Set<Topic> shownIn) {
        return passes(event)
                ? shownIn.stream()
                        .filter(topics::contains)
                        .filter(topic -> event.isFor(topic, caller))
                        .toList()
                : List.of();
    }

    private boolean passes(final Event event) {
        return (events.isEmpty() || events.contains(event.type()))
                && (symbols.isEmpty() || event.symbol().filter(symbols::contains).isPresent())
                && (accounts.isEmpty() || event.accounts(caller).anyMatch(accounts::contains));
    }

    /** Whether a view of books is wanted: they are no events, and nobody's account. */
    boolean hasBooks(final Topic topic) {
        return topics.contains(topic) && events.isEmpty() && accounts.isEmpty();
    }

    /** Whether the book of this symbol is among them. */
    boolean isAbout(final String symbol) {
        return symbols.isEmpty() || symbols.contains(symbol);
    }
}
