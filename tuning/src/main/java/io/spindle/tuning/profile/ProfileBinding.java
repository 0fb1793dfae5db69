package io.spindle.tuning.profile;

import net.openhft.chronicle.core.Jvm;
import net.openhft.chronicle.core.onoes.ExceptionKey;
import net.openhft.chronicle.wire.WireType;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Binds a checked profile to {@link HwProfile} by Chronicle Wire.
 *
 * <p>Wire alone is too forgiving (docs/adr/0030): it drops unknown keys and reads {@code abc} as 0.
 * So it gets a canonical text, in which every collection is written in one line, and anything that
 * it logs while reading is an error.
 */
final class ProfileBinding {
    /** Other Chronicle modules log about the JVM's flags, which is not the profile's fault. */
    private static final String WIRE = "net.openhft.chronicle.wire";

    private ProfileBinding() {}

    static HwProfile bind(final Map<String, Object> profile) {
        final Map<ExceptionKey, Integer> logged = Jvm.recordExceptions();
        try {
            final HwProfile bound = WireType.YAML_ONLY.fromString(HwProfile.class, text(profile));
            final List<String> complaints = new ArrayList<>();
            logged.keySet().stream()
                    .filter(key -> key.clazz().getPackageName().startsWith(WIRE))
                    .forEach(key -> complaints.add(key.message()));
            if (!complaints.isEmpty()) {
                throw new InvalidProfileException(complaints);
            }
            return bound;
        } finally {
            Jvm.resetExceptionHandlers();
        }
    }

    private static String text(final Map<String, Object> profile) {
        final Map<String, Object> ordered = new LinkedHashMap<>(profile);
        return ordered.entrySet().stream()
                .map(entry -> quoted(entry.getKey()) + ": " + inline(entry.getValue()) + "\n")
                .collect(Collectors.joining());
    }

    /** As a person writes it: an entry of a section in each line. */
    static String page(final Map<String, Object> profile) {
        final StringBuilder page = new StringBuilder();
        profile.forEach(
                (key, value) -> {
                    final Map<String, Object> section = Maps.ofStrings(value);
                    page.append(key).append(section.isEmpty() ? ": " + inline(value) : ":");
                    page.append('\n');
                    section.forEach(
                            (name, entry) ->
                                    page.append("  ")
                                            .append(quoted(name))
                                            .append(": ")
                                            .append(inline(entry))
                                            .append('\n'));
                });
        return page.toString();
    }

    private static String inline(final Object value) {
        return switch (value) {
            case Map<?, ?> map ->
                    map.entrySet().stream()
                            .map(e -> quoted((String) e.getKey()) + ": " + inline(e.getValue()))
                            .collect(Collectors.joining(", ", "{ ", " }"));
            case List<?> list ->
                    list.stream()
                            .map(ProfileBinding::inline)
                            .collect(Collectors.joining(", ", "[ ", " ]"));
            case String text -> quoted(text);
            default -> value.toString();
        };
    }

    private static String quoted(final String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
