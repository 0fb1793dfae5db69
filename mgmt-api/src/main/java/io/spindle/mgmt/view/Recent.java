package io.spindle.mgmt.view;

import java.util.LinkedHashMap;
import java.util.Map;

/** The entries that came last, the oldest first; older ones are forgotten. */
final class Recent<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1;

    private final int most;
    private boolean hasForgotten;

    Recent(final int most) {
        this.most = most;
    }

    @Override
    protected boolean removeEldestEntry(final Map.Entry<K, V> eldest) {
        final boolean isOneTooMany = size() > most;
        hasForgotten |= isOneTooMany;
        return isOneTooMany;
    }

    /** Whether there ever were more than these. */
    boolean hasForgotten() {
        return hasForgotten;
    }
}
