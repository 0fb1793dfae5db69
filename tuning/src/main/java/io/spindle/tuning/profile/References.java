package io.spindle.tuning.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the values of a profile name must be in it, inherited or its own: roles in {@code sameL3As},
 * and what {@link Layout#resolve} is to put in the place of {@code ${…}}. And what a role says must
 * do something: where it may be and what becomes of siblings is a matter of isolated ones only.
 */
final class References {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^}]*)(}?)");

    private final HwProfile profile;
    private final Map<String, String> places;
    private final List<String> complaints = new ArrayList<>();

    private References(final HwProfile profile, final Map<String, String> places) {
        this.profile = profile;
        this.places = places;
    }

    /**
     * @param places where each field stands, as {@link StrictYaml} tells it
     * @throws InvalidProfileException with every complaint
     */
    static void check(final HwProfile profile, final Map<String, String> places) {
        final References references = new References(profile, places);
        references.roles();
        references.values();
        if (!references.complaints.isEmpty()) {
            throw new InvalidProfileException(references.complaints);
        }
    }

    /** CPUs are given out in the order of the roles, isolated ones first. */
    private void roles() {
        final List<String> isolated = new ArrayList<>();
        profile.layout.forEach(
                (name, role) -> {
                    if (!role.sameL3As.isEmpty() && !isolated.contains(role.sameL3As)) {
                        complain(
                                "layout." + name + ".sameL3As",
                                "expected an isolated role in front of this one, found '"
                                        + role.sameL3As
                                        + "'");
                    }
                    if (role.isolate) {
                        isolated.add(name);
                    }
                    idle("layout." + name + ".", role);
                });
    }

    /** A file may isolate a role that its parent shares. */
    private void idle(final String field, final HwProfile.Role role) {
        final String without = "does nothing without isolate";
        if (!role.isolate && role.nearNic) {
            complain(field + "nearNic", without);
        }
        if (!role.isolate && role.smtSiblingOffline) {
            complain(field + ProfileFolder.SIBLING_OFFLINE, without);
        }
        if (!role.isolate && !role.sameL3As.isEmpty()) {
            complain(field + "sameL3As", without);
        }
        if (role.isolate && role.shared && file(field + "shared").equals(file(field + "isolate"))) {
            complain(field + "shared", "does nothing beside isolate");
        }
    }

    private String file(final String field) {
        return places.get(field).replaceFirst(":\\d+$", "");
    }

    private void values() {
        profile.sysctl.forEach((key, value) -> value("sysctl." + key, value));
        profile.sysfs.forEach((path, value) -> value("sysfs." + path, value));
        for (int i = 0; i < profile.kernelArgs.size(); i++) {
            value("kernelArgs[" + i + "]", profile.kernelArgs.get(i));
        }
    }

    private void value(final String field, final String value) {
        final List<String> known = new ArrayList<>(Layout.SETS);
        known.addAll(profile.layout.keySet());
        final Matcher reference = REFERENCE.matcher(value);
        while (reference.find()) {
            if (reference.group(2).isEmpty() || !known.contains(reference.group(1))) {
                complain(
                        field,
                        "unknown " + reference.group() + "; known: " + String.join(", ", known));
            }
        }
    }

    private void complain(final String field, final String problem) {
        complaints.add(places.get(field) + ": " + field + ": " + problem);
    }
}
