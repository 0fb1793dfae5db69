package io.spindle.tuning.watch;

import io.spindle.tuning.machine.Root;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The trading process of an appliance that runs, as its data folder and {@code /proc} tell.
 *
 * @param attested the folder that it attests its orders in; empty if it does not
 */
public record LoopProcess(long pid, Optional<Path> attested) {
    private static final String NAME = "trading";
    private static final String ATTEST = "--attest";

    /**
     * @param data data folder, as {@code spindle run} takes it
     * @return empty while none runs on it
     */
    public static Optional<LoopProcess> of(final Root root, final Path data) {
        try {
            final String file = Files.readString(data.resolve("run").resolve(NAME + ".pid"));
            final long pid = Long.parseLong(file.strip());
            final List<String> words =
                    List.of(root.read("/proc/" + pid + "/cmdline").orElse("").split("\0"));
            final Path from = root.base().resolve("proc/" + pid + "/cwd");
            return words.contains(NAME)
                    ? Optional.of(new LoopProcess(pid, folder(words).map(from::resolve)))
                    : Optional.empty();
        } catch (final IOException | NumberFormatException none) {
            return Optional.empty();
        }
    }

    private static Optional<String> folder(final List<String> words) {
        final int option = words.indexOf(ATTEST);
        return option >= 0 && option + 1 < words.size()
                ? Optional.of(words.get(option + 1))
                : words.stream()
                        .filter(word -> word.startsWith(ATTEST + "="))
                        .map(word -> word.substring(ATTEST.length() + 1))
                        .findFirst();
    }

    /**
     * @param thread {@code /proc/PID/task/TID}
     */
    public boolean has(final String thread) {
        return thread.startsWith("/proc/" + pid + "/");
    }
}
