package io.spindle.mgmt.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.IntStream;

class ChangeListTest {
    private final ChangeList list = new ChangeList();

    private List<Long> behind(final long number) {
        return IntStream.range(list.behind(number), list.size())
                .filter(list::isNewest)
                .mapToObj(list::entry)
                .toList();
    }

    @Test
    void shouldListAnEntryWhereItChangedLast() {
        list.add(7, 10);
        list.add(8, 10);
        list.add(7, 11);
        assertEquals(List.of(8L, 7L), behind(0));
        assertEquals(List.of(7L), behind(2));
        assertEquals(List.of(), behind(list.last()));
    }

    @Test
    void shouldKnowWhatWasSeenAtASequence() {
        list.add(7, 10);
        list.add(8, 10);
        list.add(9, 12);
        assertEquals(0, list.lastAt(9));
        assertEquals(2, list.lastAt(10));
        assertEquals(2, list.lastAt(11));
        assertEquals(3, list.lastAt(12));
    }

    @Test
    void shouldStayAsLongAsThereAreEntriesHoweverOftenTheyChange() {
        list.add(-1, 0);
        for (int i = 0; i < 100_000; i++) {
            list.add(i % 10, i);
        }
        assertEquals(100_001, list.last());
        assertEquals(List.of(-1L, 0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L), behind(0));
        assertEquals(List.of(8L, 9L), behind(list.last() - 2));
        assertEquals(1_024, list.capacity());
    }

    @Test
    void shouldHoldAsManyEntriesAsThereAre() {
        for (int i = 0; i < 10_000; i++) {
            list.add(i, 1);
        }
        assertEquals(10_000, behind(0).size());
        assertEquals(List.of(9_999L), behind(9_999));
    }
}
