package io.spindle.perf.rules;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Lint as a test: what review should not have to say twice. */
class TidyTest {
    /** The target is 300; the slack spares a file from being cut in the wrong place. */
    private static final int MAX_LINES = 350;

    private static final Pattern EMPTY_WORDS =
            Pattern.compile(".*(Manager|Helper|Helpers|Util|Utils|Impl|Base|Common)\\.java");

    /** Spelt apart, so that this file passes its own test. */
    private static final Pattern UNFINISHED =
            Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");

    @Test
    void shouldKeepFilesShort() {
        assertNone("longer than " + MAX_LINES + " lines", path -> lines(path).size() > MAX_LINES);
    }

    @Test
    void shouldNameTheNoun() {
        assertNone(
                "named after nothing",
                path -> EMPTY_WORDS.matcher(path.getFileName().toString()).matches());
    }

    @Test
    void shouldLeaveNothingForLater() {
        assertNone(
                "unfinished",
                path -> lines(path).stream().anyMatch(line -> UNFINISHED.matcher(line).find()));
    }

    private static void assertNone(final String what, final Predicate<Path> test) {
        final List<Path> sources = CompiledTree.sources();
        assertTrue(sources.size() > 10, "sources found: " + sources.size());
        final List<String> found =
                sources.stream()
                        .filter(test)
                        .map(path -> CompiledTree.ROOT.relativize(path) + " is " + what)
                        .toList();
        assertTrue(found.isEmpty(), () -> String.join("\n", found));
    }

    private static List<String> lines(final Path path) {
        try {
            return Files.readAllLines(path);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
