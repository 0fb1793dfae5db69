package io.spindle.mgmt.office;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * One thing that two sides do not agree about.
 *
 * @param field what differs, empty where a side lacks the whole
 * @param ours empty where we lack it
 * @param theirs empty where they lack it
 */
public record Difference(Kind kind, String key, String field, String ours, String theirs) {
    /** Who lacks what. */
    public enum Kind {
        /** They have it, we do not. */
        MISSING_HERE,
        /** We have it, they do not. */
        MISSING_THERE,
        DIFFERENT
    }

    /**
     * Everything in which two sides differ, by key and then by field: the same input gives the same
     * list.
     */
    static List<Difference> between(
            final SortedMap<String, Map<String, String>> ours,
            final SortedMap<String, Map<String, String>> theirs) {
        final TreeSet<String> keys = new TreeSet<>(ours.keySet());
        keys.addAll(theirs.keySet());
        final List<Difference> found = new ArrayList<>();
        for (final String key : keys) {
            final Map<String, String> here = ours.get(key);
            final Map<String, String> there = theirs.get(key);
            if (here == null) {
                found.add(new Difference(Kind.MISSING_HERE, key, "", "", there.toString()));
            } else if (there == null) {
                found.add(new Difference(Kind.MISSING_THERE, key, "", here.toString(), ""));
            } else {
                there.forEach((field, value) -> compare(found, key, field, here.get(field), value));
            }
        }
        return found;
    }

    private static void compare(
            final List<Difference> found,
            final String key,
            final String field,
            final String here,
            final String there) {
        if (!there.equals(here)) {
            found.add(new Difference(Kind.DIFFERENT, key, field, here, there));
        }
    }
}
