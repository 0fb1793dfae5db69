package io.spindle.oms;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** How often each message of the command schema was sent. */
final class CommandTally {
    private static final Path SCHEMA = Path.of("src/main/sbe/commands.xml");
    private static final Pattern MESSAGE =
            Pattern.compile("<sbe:message name=\"(\\w+)\" id=\"(\\d+)\"");

    private CommandTally() {}

    /** By name, all messages of the schema. */
    static Map<String, Long> of(final long[] byTemplate) throws IOException {
        final Map<String, Long> counts = new TreeMap<>();
        MESSAGE.matcher(Files.readString(SCHEMA))
                .results()
                .forEach(m -> counts.put(m.group(1), byTemplate[Integer.parseInt(m.group(2))]));
        return counts;
    }
}
