package io.spindle.tuning.profile;

import java.util.LinkedHashMap;
import java.util.Map;

/** Typed views of the nested maps that {@link StrictYaml} returns. */
final class Maps {
    private Maps() {}

    /** A map with string keys, in order; empty for null. */
    static Map<String, Object> ofStrings(final Object value) {
        final Map<String, Object> typed = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, entry) -> typed.put((String) key, entry));
        }
        return typed;
    }

    /** {@code child} laid over {@code parent}: maps merge key by key, everything else replaces. */
    static Map<String, Object> overlay(
            final Map<String, Object> parent, final Map<String, Object> child) {
        final Map<String, Object> merged = new LinkedHashMap<>(parent);
        child.forEach(
                (key, value) -> {
                    final Object inherited = merged.get(key);
                    merged.put(
                            key,
                            inherited instanceof Map<?, ?> && value instanceof Map<?, ?>
                                    ? overlay(ofStrings(inherited), ofStrings(value))
                                    : value);
                });
        return merged;
    }
}
