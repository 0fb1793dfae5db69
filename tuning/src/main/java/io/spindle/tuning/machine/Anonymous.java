package io.spindle.tuning.machine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Takes out of a capture what tells whose machine it is: its name, addresses of cards, UUIDs,
 * serial numbers, where it boots from, texts that its kernel was built with. The tuner looks at
 * none of them.
 *
 * <p>One for each capture: a card that is named by its address gets the same other name everywhere.
 */
final class Anonymous {
    private static final String NAME = "/proc/sys/kernel/hostname";
    private static final String DOMAIN = "/proc/sys/kernel/domainname";
    private static final String COMMAND_LINE = "/proc/cmdline";
    private static final String SWAPS = "/proc/swaps";
    private static final Pattern CONFIG = Pattern.compile("/proc/config\\.gz|/boot/config-.*");

    /** Six bytes or, of InfiniBand, more; or three groups of two bytes. */
    private static final Pattern CARD_ADDRESS =
            Pattern.compile(
                    "(?<![0-9a-fA-F])(?:[0-9a-fA-F]{2}(?:[:_-][0-9a-fA-F]{2}){5,}"
                            + "|[0-9a-fA-F]{4}(?:\\.[0-9a-fA-F]{4}){2})(?![0-9a-fA-F])");

    private static final Pattern UUID =
            Pattern.compile("\\b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\\b");

    /**
     * An address without anything between its bytes behind the few letters that a card's name has
     * room for, or alone; that it has letters itself tells it from a count.
     */
    private static final Pattern CARD_BY_ADDRESS =
            Pattern.compile(
                    "(?<![0-9A-Za-z])(?:([A-Za-z]{1,3}[_-]?)[0-9a-fA-F]{12,}"
                            + "|(?=[0-9]*[a-fA-F])[0-9a-fA-F]{12}(?![0-9A-Za-z]))");

    private static final Pattern SERIAL = Pattern.compile("(?m)^(Serial\\s*:).*$");

    /** The kernel's arguments, the name of its host, suffixes of its release and more. */
    private static final Pattern BUILT_IN_TEXT = Pattern.compile("(?m)^(CONFIG_\\w+)=\"[^\n]*");

    private final Map<String, String> cards = new HashMap<>();

    /** The path under which a file is kept. */
    String path(final String path) {
        return CARD_BY_ADDRESS
                .matcher(path)
                .replaceAll(found -> cards.computeIfAbsent(found.group(), card -> another(found)));
    }

    private String another(final MatchResult card) {
        final String kind = card.group(1) == null ? "" : card.group(1);
        return kind + "%012x".formatted(cards.size());
    }

    /** The bytes that are kept of it; every byte of a text is a character here. */
    byte[] content(final String path, final byte[] content) {
        if (!path.endsWith(".gz")) {
            return text(path, new String(content, ISO_8859_1)).getBytes(ISO_8859_1);
        }
        try (var packed = new GZIPInputStream(new ByteArrayInputStream(content))) {
            return pack(text(path, new String(packed.readAllBytes(), ISO_8859_1)));
        } catch (final IOException damaged) {
            // Nobody can read it, here or elsewhere.
            return new byte[0];
        }
    }

    private static byte[] pack(final String text) throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (var packing = new GZIPOutputStream(bytes)) {
            packing.write(text.getBytes(ISO_8859_1));
        }
        return bytes.toByteArray();
    }

    private String text(final String path, final String text) {
        final String own =
                switch (path) {
                    case NAME -> "host\n";
                    case DOMAIN -> "(none)\n";
                    case COMMAND_LINE -> KeptArguments.of(text) + "\n";
                    case SWAPS -> text.replaceAll("(?m)^/\\S+", "/swap");
                    default ->
                            CONFIG.matcher(path).matches()
                                    ? BUILT_IN_TEXT.matcher(text).replaceAll("$1=\"\"")
                                    : SERIAL.matcher(text).replaceAll("$1 0");
                };
        final String nameless = path(UUID.matcher(own).replaceAll("0"));
        return CARD_ADDRESS.matcher(nameless).replaceAll("00:00:00:00:00:00");
    }
}
