package io.spindle.mgmt.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.mgmt.testing.Market;
import io.spindle.mgmt.view.LedgerChanges.Kind;
import io.spindle.mgmt.view.LedgerChanges.Owner;
import io.spindle.mgmt.view.LedgerChanges.Part;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

class LedgerChangesTest {
    private final Market market = new Market();

    private <T> T ask(final Function<LedgerChanges, T> question) {
        return market.view.read(now -> question.apply(now.ledger().changes()));
    }

    /** All is looked at; the place behind what was seen before that. */
    private long look() {
        return ask(
                changes -> {
                    final long before = changes.end();
                    changes.lookAtAll();
                    return before;
                });
    }

    private int count(final long place, final Predicate<Owner> wanted) {
        return ask(changes -> changes.behind(place, wanted)).facts().size();
    }

    private static Predicate<Owner> holdings(final String account) {
        return owner -> owner.kind() == Kind.HOLDING && owner.account().equals(account);
    }

    @Test
    void shouldListWhatAMarkIsWorthOnlyToWhoHasAPosition() {
        market.holding("TEST00", "SPDL", 5);
        market.enter(1, 'B', "SPDL", 10, 10_0000);
        market.enter(2, 'S', "SPDL", 10, 10_0000);
        look();
        market.enter(1, 'B', "SPDL", 10, 11_0000);
        market.enter(2, 'S', "SPDL", 10, 11_0000);
        final long before = look();
        assertEquals(0, count(before, holdings("TEST00")));
        assertEquals(1, count(before, holdings("TEST01")));
    }

    @Test
    void shouldNotListASessionForWhatItWasSent() {
        final Predicate<Owner> sessions = owner -> owner.kind() == Kind.SESSION;
        look();
        market.enter(0, 'B', "SPDL", 1, 1_0000, '3');
        assertEquals(0, count(look(), sessions));
        market.enter(0, 'B', "SPDL", 1, 1_0000);
        assertEquals(1, count(look(), sessions), "an order is open");
    }

    @Test
    void shouldNotLookAgainBeforeAnythingHappens() {
        look();
        final long end = ask(LedgerChanges::end);
        final boolean looking = ask(LedgerChanges::look);
        assertFalse(looking);
        final long known = ask(LedgerChanges::known);
        assertEquals(market.log.lastSequence(), known);
        final long unchanged = ask(LedgerChanges::end);
        assertEquals(end, unchanged);
        final Part nothing =
                ask(
                        changes ->
                                changes.behind(
                                        end,
                                        owner -> {
                                            throw new AssertionError(owner.toString());
                                        }));
        assertFalse(nothing.more());
    }

    @Test
    void shouldHandOutWhatChangedInParts() {
        look();
        final int all = count(0, owner -> true);
        assertTrue(all > 3, "too few entries");
        final List<Object> told = new ArrayList<>();
        long place = 0;
        boolean more = true;
        while (more) {
            final long from = place;
            final Part part = ask(changes -> changes.behind(from, owner -> true, 2));
            assertTrue(part.facts().size() <= 2, part.toString());
            told.addAll(part.facts());
            place = part.place();
            more = part.more();
        }
        assertEquals(all, told.stream().distinct().count());
        assertEquals(all, told.size());
    }
}
