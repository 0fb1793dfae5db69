package io.spindle.mgmt.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import org.junit.jupiter.api.Test;

import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The operator's page names every option of {@code run} with its default, and no other. */
class RunOptionsPageTest {
    private static final Path PAGE =
            Path.of(System.getProperty("spindle.root", "..")).resolve("docs/operations.md");

    /** An option, and what holds without it. */
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(--[a-z-]+)[^|]*\\|([^|]*)\\|");

    @Test
    void shouldTellEveryOptionWithItsDefault() throws IOException {
        final Map<String, String> told = new TreeMap<>();
        for (final MatchResult row : ROW.matcher(Files.readString(PAGE)).results().toList()) {
            told.put(row.group(1), row.group(2).strip());
        }
        final CommandLine run = SpindleMain.commandLine().getSubcommands().get("run");
        for (final OptionSpec option : run.getCommandSpec().options()) {
            final String name = option.longestName();
            final String without = told.remove(name);
            assertNotNull(without, name + " is not on the page");
            if (option.defaultValue() != null) {
                assertEquals("`" + option.defaultValue() + "`", without, name);
            }
        }
        assertEquals(Map.of(), told, "not options of run");
    }
}
