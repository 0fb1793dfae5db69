package io.spindle.matcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs every scenario of src/test/resources/scenarios; docs/matching-rules.md points at them. */
class ScenarioTest {
    private static final int FEWEST = 150;

    /**
     * One scenario; lists that are absent are empty, except the book, which is then not looked at.
     */
    private record Scenario(
            String name,
            List<String> given,
            List<String> when,
            List<String> then,
            List<String> bids,
            List<String> asks) {
        static Scenario of(final Map<?, ?> yaml) {
            return new Scenario(
                    (String) yaml.get("name"),
                    lines(yaml, "given"),
                    lines(yaml, "when"),
                    lines(yaml, "then"),
                    yaml.containsKey("bids") ? lines(yaml, "bids") : null,
                    yaml.containsKey("asks") ? lines(yaml, "asks") : null);
        }

        private static List<String> lines(final Map<?, ?> yaml, final String key) {
            return yaml.get(key) instanceof List<?> list
                    ? list.stream().map(Object::toString).toList()
                    : List.of();
        }

        void play() {
            final ScenarioMarket market = new ScenarioMarket();
            given.forEach(market::perform);
            final int before = market.events().size();
            when.forEach(market::perform);
            final List<String> events = market.events();
            assertEquals(
                    String.join("\n", then),
                    String.join("\n", events.subList(before, events.size())));
            if (bids != null) {
                assertEquals(bids, market.queue(OrderTerms.BUY), "bids");
            }
            if (asks != null) {
                assertEquals(asks, market.queue(OrderTerms.SELL), "asks");
            }
        }
    }

    @TestFactory
    Stream<DynamicContainer> shouldBehaveAsTheRulesSay() {
        return files().map(
                        file ->
                                DynamicContainer.dynamicContainer(
                                        file.getFileName().toString(),
                                        scenarios(file)
                                                .map(
                                                        scenario ->
                                                                DynamicTest.dynamicTest(
                                                                        scenario.name,
                                                                        scenario::play))));
    }

    @Test
    void shouldHaveManyScenariosEachWithItsOwnName() {
        final Set<String> names = scenarioNames();
        final long all = files().flatMap(ScenarioTest::scenarios).count();
        assertEquals(all, names.size(), "scenarios with a name of their own");
        assertTrue(all >= FEWEST, "scenarios: " + all);
    }

    static Set<String> scenarioNames() {
        return files().flatMap(ScenarioTest::scenarios)
                .map(Scenario::name)
                .collect(Collectors.toSet());
    }

    /** Without their ending. */
    static Set<String> fileNames() {
        return files().map(file -> file.getFileName().toString().replace(".yaml", ""))
                .collect(Collectors.toSet());
    }

    private static Stream<Path> files() {
        try (Stream<Path> files = Files.list(folder())) {
            return files
                    .filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList()
                    .stream();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path folder() {
        try {
            return Path.of(ScenarioTest.class.getResource("/scenarios").toURI());
        } catch (final URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static Stream<Scenario> scenarios(final Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            final var yaml =
                    (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromInputStream(in);
            return ((List<?>) yaml.get("scenarios"))
                    .stream().map(entry -> Scenario.of((Map<?, ?>) entry));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
