package io.spindle.mgmt.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.mgmt.api.Api;
import io.spindle.mgmt.api.Route;
import io.spindle.mgmt.testing.Market;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import picocli.CommandLine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The pages of commands may only say what the command line and the API know. */
class OperationsGuideTest {
    private static final Path DOCS =
            Path.of(System.getProperty("spindle.root", "..")).resolve("docs");
    private static final String GUIDE = "operations.md";
    private static final Pattern COMMAND =
            Pattern.compile("(?m)^(?:box [AB])? +(?:sudo )?\\./spindle (.*)$");
    private static final Pattern CALL =
            Pattern.compile("(?m)^ +curl .*http://127\\.0\\.0\\.1:8080(/[^?\"\\s]*).*$");

    @ParameterizedTest
    @ValueSource(strings = {GUIDE, "tuning.md"})
    void shouldShowCommandsThatTheCommandLineTakes(final String page) throws IOException {
        final CommandLine line = SpindleMain.commandLine();
        final List<String> commands = find(COMMAND, page);
        assertFalse(commands.isEmpty());
        for (final String command : commands) {
            final String[] words = command.split(" ");
            assertTrue(line.getSubcommands().containsKey(words[0]), command);
            line.parseArgs(words);
        }
    }

    /** Nothing runs these: there is one box here. */
    @Test
    void shouldShowHowAStandbyIsPromoted() throws IOException {
        final List<String> commands = find(COMMAND, GUIDE);
        for (final String command :
                List.of(
                        "standby promote --data B",
                        "log verify --data B",
                        "run --data B --ack synced",
                        "run --data B --standby 10.0.0.2 --ack replicated")) {
            assertTrue(commands.contains(command), command + " is not in " + commands);
        }
    }

    @Test
    void shouldCallRoutesThatExist() throws IOException {
        final Market market = new Market();
        final List<Pattern> routes =
                new Api(market.context())
                        .routes().stream()
                                .map(Route::path)
                                .map(path -> Pattern.compile(path.replaceAll("\\{\\w+}", "[^/]+")))
                                .toList();
        final List<String> calls = find(CALL, GUIDE);
        assertTrue(calls.size() > 10, calls.toString());
        for (final String path : calls) {
            assertTrue(routes.stream().anyMatch(route -> route.matcher(path).matches()), path);
        }
    }

    private static List<String> find(final Pattern pattern, final String page) throws IOException {
        return pattern.matcher(Files.readString(DOCS.resolve(page)))
                .results()
                .map((final MatchResult result) -> result.group(1).strip())
                .toList();
    }
}
