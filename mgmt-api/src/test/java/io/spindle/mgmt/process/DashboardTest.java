package io.spindle.mgmt.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import io.spindle.mgmt.api.Json;
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
import java.util.regex.Pattern;

/** The Grafana dashboard asks for metrics that exist, and only for those. */
class DashboardTest {
    private static final Path DASHBOARD =
            Path.of(System.getProperty("spindle.root"), "docs", "grafana", "spindle.json");
    private static final Pattern METRIC = Pattern.compile("\\b(?:spindle|jvm)_\\w+");
    private static final Pattern SAMPLE = Pattern.compile("(?m)^(\\w+)[ {]");

    @TempDir private Path folder;

    @Test
    void shouldAskForMetricsThatExist() throws IOException {
        final Market market = new Market();
        final LoopWatch loop =
                new LoopWatch(folder.resolve("counters"), folder.resolve("pid"), System::nanoTime);
        final Metrics metrics = new Metrics(loop, market.view);
        metrics.latencies(new Latencies(System::nanoTime));
        metrics.gauge("spindle.database.lag.commands", "as MgmtProcess adds it", market, it -> 0);
        final Set<String> served = new HashSet<>();
        SAMPLE.matcher(metrics.scrape()).results().forEach(found -> served.add(found.group(1)));
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
}
