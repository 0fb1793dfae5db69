package io.spindle.matcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** docs/matching-rules.md points at scenarios that exist, and leaves no rule and no file out. */
class MatchingRulesDocumentTest {
    private static final String LAST_RULE = "## Where engines disagree";
    private static final Pattern POINTER = Pattern.compile("\\[([a-z][a-z ,'-]*)]");
    private static final Pattern RULE = Pattern.compile("\\d+\\. .*");
    private static final Pattern SECTION = Pattern.compile("## \\d+\\. .*");
    private static final Pattern QUOTED = Pattern.compile("\\*([A-Z][^*]+)\\*");

    private static List<String> lines;

    @BeforeAll
    static void read() throws IOException {
        lines =
                Files.readAllLines(
                        Path.of(System.getProperty("spindle.root"), "docs", "matching-rules.md"));
    }

    private static List<String> rules() {
        return lines.stream().takeWhile(line -> !line.startsWith(LAST_RULE)).toList();
    }

    private static Set<String> found(final Pattern pattern, final Stream<String> text) {
        return text.flatMap(line -> pattern.matcher(line).results())
                .map((MatchResult match) -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void shouldPointAtEveryScenarioFileAndAtNoOther() {
        final Set<String> pointers =
                found(POINTER, rules().stream()).stream()
                        .flatMap(pointer -> Stream.of(pointer.split(", ")))
                        .filter(name -> !name.startsWith("and "))
                        .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(ScenarioTest.fileNames(), pointers);
    }

    @Test
    void shouldPointAtScenariosFromEveryRule() {
        boolean sectionPoints = false;
        for (final String line : rules()) {
            final boolean points = POINTER.matcher(line).find();
            if (SECTION.matcher(line).matches()) {
                sectionPoints = points;
            } else if (RULE.matcher(line).matches()) {
                assertTrue(sectionPoints || points, line);
            }
        }
    }

    @Test
    void shouldQuoteScenariosByTheirNames() {
        final Set<String> quoted =
                found(
                        QUOTED,
                        lines.stream()
                                .dropWhile(line -> !line.startsWith(LAST_RULE))
                                .takeWhile(line -> !line.startsWith("## Trades")));
        quoted.removeAll(ScenarioTest.scenarioNames());
        assertEquals(Set.of(), quoted);
        final long answers =
                lines.stream()
                        .filter(line -> line.startsWith("| "))
                        .filter(line -> QUOTED.matcher(line).find())
                        .count();
        assertEquals(12, answers, "questions on which engines disagree, each with its scenario");
    }
}
