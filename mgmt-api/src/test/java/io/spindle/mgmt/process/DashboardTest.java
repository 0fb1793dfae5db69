package io.spindle.mgmt.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import io.spindle.loop.LoopCounter;
import io.spindle.mgmt.api.Api;
import io.spindle.mgmt.api.Json;
import io.spindle.mgmt.control.RoutingCommands;
import io.spindle.mgmt.control.Scope;
import io.spindle.mgmt.control.TermsCommands;
import io.spindle.mgmt.latency.Latencies;
import io.spindle.mgmt.testing.Market;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The Grafana dashboard and the page ask for metrics that exist, and only for those. */
class DashboardTest {
    private static final Path DOCS = Path.of(System.getProperty("spindle.root"), "docs");
    private static final Path DASHBOARD = DOCS.resolve("grafana").resolve("spindle.json");
    private static final Path PAGE = DOCS.resolve("management.md");
    private static final Pattern METRIC = Pattern.compile("\\b(?:spindle|jvm)_\\w+");
    private static final Pattern EXPLAINED = Pattern.compile("`(spindle_\\w+)`");
    private static final Pattern SAMPLE = Pattern.compile("(?m)^(\\w+)[ {]");

    @TempDir private Path folder;

    /** Names of all metrics, of a market in which a session and a venue have a limit. */
    private Set<String> served() throws IOException {
        final Market market = new Market();
        market.desk.ask(
                TermsCommands.setRate(
                        UUID.randomUUID(), new Scope(Scope.Kind.SESSION, "TEST00"), 'R', 10, 10));
        market.log.post(RoutingCommands.defineVenue(UUID.randomUUID(), "XALT", 10, 10, 0, true));
        final LoopWatch loop =
                new LoopWatch(folder.resolve("counters"), folder.resolve("pid"), System::nanoTime);
        final Metrics metrics = new Metrics(loop, market.view);
        metrics.latencies(new Latencies(System::nanoTime, 0));
        metrics.reconciliation(market.office().reconciliation(), market.office().schedule());
        metrics.refusals(new Api(market.context()).refusals());
        metrics.gauge("spindle.database.lag.commands", "as MgmtProcess adds it", market, it -> 0);
        final Set<String> served = new HashSet<>();
        SAMPLE.matcher(metrics.scrape()).results().forEach(found -> served.add(found.group(1)));
        return served;
    }

    @Test
    void shouldAskForMetricsThatExist() throws IOException {
        final Set<String> served = served();
        final Set<String> missing = new TreeSet<>();
        final JsonNode dashboard = Json.MAPPER.readTree(Files.readString(DASHBOARD));
        final List<String> asked = new ArrayList<>(dashboard.findValuesAsText("expr"));
        asked.add(dashboard.at("/templating/list/1/query/query").asText());
        for (final String expression : asked) {
            METRIC.matcher(expression)
                    .results()
                    .map(found -> found.group())
                    .filter(name -> !served.contains(name))
                    .forEach(missing::add);
        }
        assertTrue(asked.size() > 20, asked.toString());
        assertEquals(Set.of(), missing);
    }

    @Test
    void shouldSayOnThePageWhatBecomesOfOrdersInTheWordsOfTheCounters() throws IOException {
        final String page = Files.readString(PAGE);
        final Set<String> missing = new TreeSet<>();
        EXPLAINED.matcher(page).results().forEach(found -> missing.add(found.group(1)));
        assertTrue(missing.size() > 10, missing.toString());
        missing.removeAll(served());
        assertEquals(Set.of(), missing);
        final String table =
                Stream.of(LoopCounter.values())
                        .filter(counter -> counter.label.startsWith("orders."))
                        .filter(counter -> counter != LoopCounter.ORDERS_OPEN)
                        .map(DashboardTest::row)
                        .collect(Collectors.joining());
        assertTrue(page.contains("|---|---|\n" + table + "\n"), table);
    }

    private static String row(final LoopCounter counter) {
        final String name = counter.label.replace('.', '_');
        return "| `spindle_%s_total` | %s |\n".formatted(name, counter.meaning);
    }
}
