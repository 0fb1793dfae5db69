package io.spindle.tuning.profile;

import io.spindle.tuning.machine.Machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A folder of profiles, one YAML file each, named like the profile. */
public final class ProfileFolder {
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
        final Map<String, Object> merged = merged(name, new ArrayList<>());
        merged.remove("extends");
        return ProfileBinding.bind(merged);
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

    private Map<String, Object> merged(final String name, final List<String> chain) {
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
                            ProfileShape.PROFILE);
        } catch (final IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        final Object parent = own.get("extends");
        if (parent == null) {
            return own;
        }
        final Map<String, Object> inherited = merged((String) parent, chain);
        // Whom a parent is for, and where it was measured, says nothing about the child.
        inherited.remove("match");
        inherited.remove("evidence");
        return Maps.overlay(inherited, own);
    }
}
