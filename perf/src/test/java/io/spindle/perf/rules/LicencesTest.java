package io.spindle.perf.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;

/** What ships with an Apache-licensed product may not bind the product to another licence. */
class LicencesTest {
    private static final Pattern ACCEPTABLE =
            Pattern.compile("Apache|MIT|BSD|EPL|EDL|Eclipse|LGPL|Lesser|Public Domain|CC0|MPL|ISC");

    @Test
    void shouldShipOnlyWhatAnApacheProductMayShip() throws IOException {
        final List<String> components =
                Files.readAllLines(CompiledTree.ROOT.resolve("LICENSES-third-party")).stream()
                        .filter(line -> line.startsWith("- "))
                        .toList();
        assertTrue(components.size() > 10, "components listed: " + components.size());
        final List<String> binding =
                components.stream()
                        .filter(line -> !ACCEPTABLE.matcher(line.split(" {2}", 2)[1]).find())
                        .toList();
        assertEquals(List.of(), binding);
    }
}
