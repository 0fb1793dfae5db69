package io.spindle.tuning.machine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Takes out of a capture what tells whose machine it is: its name, addresses of cards, UUIDs,
 * serial numbers, where it boots from. The tuner looks at none of them.
 *
 * <p>One for each capture: a card that is named by its address gets the same other name everywhere.
 */
final class Anonymous {
    private static final String NAME = "/proc/sys/kernel/hostname";
    private static final String DOMAIN = "/proc/sys/kernel/domainname";
    private static final String COMMAND_LINE = "/proc/cmdline";
    private static final String SWAPS = "/proc/swaps";

    /** Six bytes or, of InfiniBand, more. */
    private static final Pattern CARD_ADDRESS =
            Pattern.compile(
                    "(?<![0-9a-fA-F:])[0-9a-fA-F]{2}(?::[0-9a-fA-F]{2}){5,}(?![0-9a-fA-F:])");

    private static final Pattern UUID =
            Pattern.compile("\\b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\\b");

    private static final Pattern CARD_BY_ADDRESS = Pattern.compile("\\benx[0-9a-f]{12}\\b");
    private static final Pattern SERIAL = Pattern.compile("(?m)^(Serial\\s*:).*$");

    /** Of the kernel or of what reads its command line after it. */
    private static final Pattern IDENTIFYING =
            Pattern.compile(
                    "(?<!\\S)(BOOT_IMAGE|root|resume|nfsroot|ip|nameserver|hostname|init|rdinit"
                            + "|rd\\.\\S+?|systemd\\.hostname|systemd\\.machine_id|cryptdevice|ds"
                            + "|cloud-config-url|netconsole)=\\S*");

    private final Map<String, String> cards = new HashMap<>();

    /** The path under which a file is kept. */
    String path(final String path) {
        return CARD_BY_ADDRESS
                .matcher(path)
                .replaceAll(found -> cards.computeIfAbsent(found.group(), this::another));
    }

    private String another(final String card) {
        return "enx%012x".formatted(cards.size());
    }

    /** The bytes that are kept of it; every byte of a text is a character here. */
    byte[] content(final String path, final byte[] content) {
        return path.endsWith(".gz")
                ? content
                : text(path, new String(content, ISO_8859_1)).getBytes(ISO_8859_1);
    }

    private String text(final String path, final String text) {
        final String own =
                switch (path) {
                    case NAME -> "host\n";
                    case DOMAIN -> "(none)\n";
                    case COMMAND_LINE -> parameters(text);
                    case SWAPS -> text.replaceAll("(?m)^/\\S+", "/swap");
                    default -> SERIAL.matcher(text).replaceAll("$1 0");
                };
        final String nameless = path(UUID.matcher(own).replaceAll("0"));
        return CARD_ADDRESS.matcher(nameless).replaceAll("00:00:00:00:00:00");
    }

    /** What stands behind two dashes is for the first process, not for the kernel. */
    private static String parameters(final String line) {
        final String kernels = line.split("(?<!\\S)--(?!\\S)", 2)[0].strip();
        return IDENTIFYING.matcher(kernels).replaceAll("$1=anonymous") + "\n";
    }
}
