package io.spindle.mgmt.supervisor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a living process of ours says of itself in its command line.
 *
 * @param command the word behind the main class, such as {@code run} or {@code trading}; empty if a
 *     file of arguments holds it
 * @param data the data folder, empty if that cannot be told
 */
record Identity(Optional<String> command, Optional<Path> data) {
    private static final String MAIN = "io.spindle.mgmt.cli.SpindleMain";
    private static final String DATA = "--data";
    private static final String USUAL = "data";

    /** Empty for a stranger. */
    static Optional<Identity> of(final ProcessHandle process) {
        final List<String> words = words(process);
        final int command = words.indexOf(MAIN) + 1;
        if (command == 0 || command == words.size()) {
            return Optional.empty();
        }
        final List<String> given = words.subList(command, words.size());
        return Optional.of(
                new Identity(
                        Optional.of(given.getFirst()).filter(word -> !word.startsWith("@")),
                        folder(given).flatMap(folder -> whole(process, folder))));
    }

    /** Linux tells them all in /proc; elsewhere the JDK's own view has to do. */
    private static List<String> words(final ProcessHandle process) {
        try {
            return List.of(Files.readString(proc(process, "cmdline")).split("\0"));
        } catch (final IOException notLinux) {
            return process.info().arguments().map(Arrays::asList).orElse(List.of());
        }
    }

    /** As it was given; a file of arguments may hold it, too, and then it is not told. */
    private static Optional<String> folder(final List<String> options) {
        final int data = options.indexOf(DATA);
        if (data >= 0 && data + 1 < options.size()) {
            return Optional.of(options.get(data + 1));
        }
        return options.stream()
                .filter(option -> option.startsWith(DATA + "="))
                .map(option -> option.substring(DATA.length() + 1))
                .findFirst()
                .or(() -> Optional.of(USUAL).filter(usual -> !namesAFile(options)));
    }

    private static boolean namesAFile(final List<String> options) {
        return options.stream().anyMatch(option -> option.startsWith("@"));
    }

    /**
     * What is relative begins where the process works, which only its owner may see. Read as {@link
     * RunFolder} reads its own.
     */
    private static Optional<Path> whole(final ProcessHandle process, final String folder) {
        try {
            final Path given = Path.of(folder);
            final Path from =
                    given.isAbsolute()
                            ? given
                            : Files.readSymbolicLink(proc(process, "cwd")).resolve(given);
            return Optional.of(from.normalize());
        } catch (final IOException | InvalidPathException untold) {
            return Optional.empty();
        }
    }

    private static Path proc(final ProcessHandle process, final String file) {
        return Path.of("/proc", Long.toString(process.pid()), file);
    }
}
