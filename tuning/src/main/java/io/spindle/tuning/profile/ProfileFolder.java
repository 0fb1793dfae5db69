package io.spindle.tuning.profile;

import io.spindle.tuning.machine.Machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A folder of profiles, one YAML file each, named like the profile. */
public final class ProfileFolder {
    /** Of a role: what changes files and is no line of sysctl or sysfs. */
    public static final String SIBLING_OFFLINE = "smtSiblingOffline";

    private final Path folder;

    public ProfileFolder(final Path folder) {
        this.folder = folder;
    }

    /** The profiles beside the launcher, or in the current folder without one. */
    public static ProfileFolder standard() {
        return new ProfileFolder(Path.of(System.getProperty("spindle.root", "."), "hw-profiles"));
    }

    public List<String> names() {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".yaml"))
                    .map(file -> file.substring(0, file.length() - ".yaml".length()))
                    .sorted()
                    .toList();
        } catch (final IOException absent) {
            throw new InvalidProfileException(List.of(folder + ": no such folder of profiles"));
        }
    }

    /**
     * Reads a profile by name, or by the path of a file, with all it extends.
     *
     * @throws InvalidProfileException with file, line and field of every fault
     */
    public HwProfile read(final String name) {
        final Map<String, String> places = new HashMap<>();
        final Map<String, Object> merged = merged(name, new ArrayList<>(), places);
        merged.remove("extends");
        final HwProfile profile = ProfileBinding.bind(merged);
        References.check(profile, places);
        return profile;
    }

    /**
     * The text of a profile that says by itself what another one says and inherits. Where that one
     * was measured it does not say, for it is not the same.
     *
     * @param name as for {@link #read}
     * @param ownName name of the new profile
     * @param without keys of sysctl and sysfs to leave out, and {@link #SIBLING_OFFLINE}
     */
    public String standalone(
            final String name, final String ownName, final Collection<String> without) {
        final Map<String, Object> whole = merged(name, new ArrayList<>(), new HashMap<>());
        whole.keySet().removeAll(List.of("extends", "evidence"));
        whole.put("name", ownName);
        for (final String section : List.of("sysctl", "sysfs")) {
            whole.computeIfPresent(
                    section,
                    (key, lines) -> {
                        final Map<String, Object> kept = Maps.ofStrings(lines);
                        kept.keySet().removeAll(without);
                        return kept.isEmpty() ? null : kept;
                    });
        }
        final boolean siblingsOn = without.contains(SIBLING_OFFLINE);
        whole.computeIfPresent(
                "layout", (key, roles) -> standaloneRoles(Maps.ofStrings(roles), siblingsOn));
        return ProfileBinding.page(whole);
    }

    /** What a parent shares and a child isolates is not shared. */
    private static Map<String, Object> standaloneRoles(
            final Map<String, Object> roles, final boolean siblingsOn) {
        roles.replaceAll(
                (name, role) -> {
                    final Map<String, Object> kept = Maps.ofStrings(role);
                    if (siblingsOn) {
                        kept.remove(SIBLING_OFFLINE);
                    }
                    if (Boolean.TRUE.equals(kept.get("isolate"))) {
                        kept.remove("shared");
                    }
                    return kept;
                });
        return roles;
    }

    /**
     * The most specific profile whose rules the machine meets.
     *
     * @throws InvalidProfileException when none matches or two tie
     */
    public HwProfile match(final Machine machine) {
        final List<HwProfile> matching =
                names().stream()
                        .map(this::read)
                        .filter(profile -> ProfileMatch.of(profile, machine).isEmpty())
                        .sorted((a, b) -> Integer.compare(b.match.priority, a.match.priority))
                        .toList();
        if (matching.isEmpty()) {
            throw new InvalidProfileException(
                    List.of(folder + ": no profile matches this machine"));
        }
        if (matching.size() > 1
                && matching.get(0).match.priority == matching.get(1).match.priority) {
            throw new InvalidProfileException(
                    List.of(
                            "profiles "
                                    + matching.get(0).name
                                    + " and "
                                    + matching.get(1).name
                                    + " both match with priority "
                                    + matching.get(0).match.priority
                                    + ": name one, or change a priority"));
        }
        return matching.getFirst();
    }

    /** A place that a child has given a field stays: its value does, too. */
    private Map<String, Object> merged(
            final String name, final List<String> chain, final Map<String, String> places) {
        if (chain.contains(name)) {
            throw new InvalidProfileException(
                    List.of(
                            "extends goes in a circle: "
                                    + String.join(" → ", chain)
                                    + " → "
                                    + name));
        }
        chain.add(name);
        final Path file = name.endsWith(".yaml") ? Path.of(name) : folder.resolve(name + ".yaml");
        if (!Files.isRegularFile(file)) {
            throw new InvalidProfileException(
                    List.of(file + ": no such profile; known: " + String.join(", ", names())));
        }
        final Map<String, Object> own;
        try {
            own =
                    StrictYaml.read(
                            file.getFileName().toString(),
                            Files.readString(file),
                            ProfileShape.PROFILE,
                            places);
        } catch (final IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        final Object parent = own.get("extends");
        if (parent == null) {
            return own;
        }
        final Map<String, Object> inherited = merged((String) parent, chain, places);
        // Whom a parent is for, and where it was measured, says nothing about the child.
        inherited.remove("match");
        inherited.remove("evidence");
        return Maps.overlay(inherited, own);
    }
}
