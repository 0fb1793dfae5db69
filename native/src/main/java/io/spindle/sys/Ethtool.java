package io.spindle.sys;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Settings of network cards that are in no file of the kernel's: one at a time, by name, through
 * ethtool's {@code ioctl}, of the cards in the calling thread's network namespace.
 *
 * <pre>
 *   channels  combined, rx, tx                      queues
 *   coalesce  adaptiveRx, adaptiveTx                on or off
 *             rxUsecs, rxFrames, txUsecs, txFrames  microseconds and frames before an interrupt
 *   driver    firmware, version                     text that nobody may write
 *   features  rx-gro, tx-tcp-segmentation, …        on or off, by the kernel's own names
 *   pause     autoneg, rx, tx                       on or off
 *   rings     rx, tx                                descriptors
 *   wanted    names of features                     on or off, as it was asked for last
 * </pre>
 *
 * A feature is in force while it is wanted and what it needs is in force, too; to write it is to
 * want it. {@code wanted} is no group of its own, and not among {@link #groups}.
 *
 * <p>A card that has a group has all its names: of what the driver does not know it says 0 or off,
 * and refuses another value.
 */
public final class Ethtool {
    private static final String DRIVER = "driver";
    private static final String FEATURES = "features";
    private static final String WANTED = "wanted";
    private static final String ON = "on";
    private static final String OFF = "off";

    /** {@code struct ethtool_drvinfo}: texts of 32 bytes behind the driver's name. */
    private static final Map<String, Integer> DRIVER_TEXTS =
            new TreeMap<>(Map.of("version", 36, "firmware", 68));

    /** Commands that fill and take a structure of 32-bit words, the first of them the command. */
    private record Words(int get, int set, int length, Map<String, Integer> offsets) {
        int ask(final String card, final MemorySegment command) {
            command.set(ValueLayout.JAVA_INT, 0, get);
            return call(card, command);
        }
    }

    private static final Map<String, Words> WORDS =
            Map.of(
                    "channels",
                    new Words(
                            0x3c,
                            0x3d,
                            36,
                            new TreeMap<>(Map.of("rx", 20, "tx", 24, "combined", 32))),
                    "coalesce",
                    new Words(
                            0x0e,
                            0x0f,
                            92,
                            new TreeMap<>(
                                    Map.of(
                                            "rxUsecs", 4,
                                            "rxFrames", 8,
                                            "txUsecs", 20,
                                            "txFrames", 24,
                                            "adaptiveRx", 40,
                                            "adaptiveTx", 44))),
                    "pause",
                    new Words(
                            0x12, 0x13, 16, new TreeMap<>(Map.of("autoneg", 4, "rx", 8, "tx", 12))),
                    "rings",
                    new Words(0x10, 0x11, 36, new TreeMap<>(Map.of("rx", 20, "tx", 32))));

    private static final Path STATUS = Path.of("/proc/thread-self/status");
    private static final String CAPABILITIES = "CapEff:";
    private static final int CAP_NET_ADMIN = 12;

    /** With the byte that ends it. */
    private static final int CARD_NAME_LENGTH = 16;

    private Ethtool() {}

    /** In the order of the alphabet. */
    public static List<String> groups() {
        return List.of("channels", "coalesce", DRIVER, FEATURES, "pause", "rings");
    }

    /** Settings of a group, in the order of the alphabet; none of a group that there is not. */
    public static List<String> names(final String group) {
        return switch (group) {
            case DRIVER -> List.copyOf(DRIVER_TEXTS.keySet());
            case FEATURES, WANTED -> EthtoolFeatures.NAMES;
            default ->
                    WORDS.containsKey(group)
                            ? List.copyOf(WORDS.get(group).offsets.keySet())
                            : List.of();
        };
    }

    /** Whether the setting is on or off, and no number. */
    public static boolean isSwitch(final String group, final String name) {
        return isFeature(group) || group.equals("pause") || name.startsWith("adaptive");
    }

    private static boolean isFeature(final String group) {
        return group.equals(FEATURES) || group.equals(WANTED);
    }

    /** Whether the group only tells something. */
    public static boolean isReadOnly(final String group) {
        return group.equals(DRIVER);
    }

    /** The value in force; empty when there is no such card or it does not have the setting. */
    public static Optional<String> read(final String card, final String group, final String name) {
        if (!names(group).contains(name)) {
            return Optional.empty();
        }
        return switch (group) {
            case DRIVER -> driver(card, DRIVER_TEXTS.get(name));
            case FEATURES -> EthtoolFeatures.active(card, name).map(active -> active ? ON : OFF);
            case WANTED -> EthtoolFeatures.wanted(card, name).map(wanted -> wanted ? ON : OFF);
            default -> word(card, WORDS.get(group), name).map(word -> text(group, name, word));
        };
    }

    /** Whether this thread may change the setting; the driver may still refuse a value. */
    public static boolean mayWrite(final String card, final String group, final String name) {
        return !isReadOnly(group)
                && isNetworkAdministrator()
                && (!isFeature(group) || EthtoolFeatures.changeable(card, name));
    }

    /** 0 or a negated errno. What the driver makes of the value only a read tells. */
    public static int write(
            final String card, final String group, final String name, final String value) {
        final long number = number(group, name, value);
        if (isReadOnly(group) || !names(group).contains(name) || number < 0) {
            return -Errno.EINVAL;
        }
        if (isFeature(group)) {
            return EthtoolFeatures.request(card, name, number != 0);
        }
        final Words words = WORDS.get(group);
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment command = arena.allocate(words.length, 8);
            final int asked = words.ask(card, command);
            if (asked < 0) {
                return asked;
            }
            command.set(ValueLayout.JAVA_INT, 0, words.set);
            command.set(ValueLayout.JAVA_INT, words.offsets.get(name), (int) number);
            return Math.min(0, call(card, command));
        }
    }

    /** The answer is in the command; a negated errno, or what the kernel returns. */
    static int call(final String card, final MemorySegment command) {
        return card.getBytes(StandardCharsets.UTF_8).length < CARD_NAME_LENGTH
                ? NetworkDevice.ethtool(card, command)
                : -Errno.ENODEV;
    }

    private static Optional<String> driver(final String card, final int offset) {
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment info = arena.allocate(NetworkDevice.DRIVER_INFO_LENGTH, 8);
            info.set(ValueLayout.JAVA_INT, 0, NetworkDevice.ETHTOOL_GDRVINFO);
            return call(card, info) < 0
                    ? Optional.empty()
                    : Optional.of(info.getString(offset).strip()).filter(text -> !text.isEmpty());
        }
    }

    private static Optional<Integer> word(final String card, final Words words, final String name) {
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment command = arena.allocate(words.length, 8);
            return words.ask(card, command) < 0
                    ? Optional.empty()
                    : Optional.of(command.get(ValueLayout.JAVA_INT, words.offsets.get(name)));
        }
    }

    private static String text(final String group, final String name, final int word) {
        if (isSwitch(group, name)) {
            return word != 0 ? ON : OFF;
        }
        return Integer.toUnsignedString(word);
    }

    /** −1 when the setting cannot have the value. */
    private static long number(final String group, final String name, final String value) {
        if (isSwitch(group, name)) {
            return value.equals(ON) ? 1 : value.equals(OFF) ? 0 : -1;
        }
        try {
            return Integer.toUnsignedLong(Integer.parseUnsignedInt(value));
        } catch (final NumberFormatException notOne) {
            return -1;
        }
    }

    private static boolean isNetworkAdministrator() {
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith(CAPABILITIES))
                    .map(line -> line.substring(CAPABILITIES.length()).strip())
                    .anyMatch(set -> (Long.parseUnsignedLong(set, 16) >> CAP_NET_ADMIN & 1) != 0);
        } catch (final IOException unreadable) {
            return false;
        }
    }
}
