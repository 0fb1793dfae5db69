package io.spindle.tuning.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** The kernel's build options: packed in /proc/config.gz or as a file in /boot. */
final class KernelConfig {
    private KernelConfig() {}

    static Optional<String> read(final Root root, final String release) {
        final Path packed = root.base().resolve("proc/config.gz");
        if (!Files.isReadable(packed)) {
            return root.read("/boot/config-" + release);
        }
        try (var in = new GZIPInputStream(Files.newInputStream(packed))) {
            return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (final IOException damaged) {
            return Optional.empty();
        }
    }
}
