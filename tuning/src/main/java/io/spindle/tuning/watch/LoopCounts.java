package io.spindle.tuning.watch;

import io.spindle.tuning.machine.Root;

import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.CountersReader;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a trading process counts that tells of a queue in front of it: in Agrona's counters file
 * that it has mapped, under the names that they have everywhere.
 */
final class LoopCounts {
    /** What the names of these counters begin with here. */
    static final String PREFIX = "loop ";

    private static final Pattern FILE = Pattern.compile("/dev/shm/spindle-[^/]+/counters$");

    private static final List<String> QUEUEING =
            List.of(
                    "net.overloads",
                    "nic.receive_missed",
                    "nic.receive_ring_full",
                    "nic.transmit_back_pressure");

    private LoopCounts() {}

    /** The counters file that a process has mapped; empty for one that trades nothing. */
    static Optional<Path> file(final Root root, final String pid) {
        return root.read("/proc/" + pid + "/maps")
                .orElse("")
                .lines()
                .map(FILE::matcher)
                .flatMap(Matcher::results)
                .map(found -> root.base().resolve(found.group().substring(1)))
                .findFirst();
    }

    /** Nothing while the file cannot be read. */
    static void read(final Path file, final Map<String, Long> counters) {
        final byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (final IOException gone) {
            return;
        }
        final int count =
                bytes.length / (CountersReader.METADATA_LENGTH + CountersReader.COUNTER_LENGTH);
        final int metadata = count * CountersReader.METADATA_LENGTH;
        new CountersReader(
                        new UnsafeBuffer(bytes, 0, metadata),
                        new UnsafeBuffer(bytes, metadata, count * CountersReader.COUNTER_LENGTH))
                .forEach(
                        (value, id, label) -> {
                            if (QUEUEING.contains(label)) {
                                counters.put(PREFIX + label, value);
                            }
                        });
    }
}
