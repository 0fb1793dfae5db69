package io.spindle.nic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.spindle.sys.Errno;
import io.spindle.sys.Ethtool;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Settings of cards, on those that a test can make: a veth pair, and a tap for what it lacks. */
class EthtoolTest {
    private static final String CARD = VethPair.DEVICE;
    private static final String TAP = "spt0";

    private static void shouldTakeAndGiveBack(
            final String card, final String group, final String name, final String other) {
        final Optional<String> before = Ethtool.read(card, group, name);
        assertNotEquals(Optional.of(other), before);
        assertTrue(Ethtool.mayWrite(card, group, name));
        assertEquals(0, Ethtool.write(card, group, name, other));
        assertEquals(Optional.of(other), Ethtool.read(card, group, name));
        assertEquals(0, Ethtool.write(card, group, name, before.orElseThrow()));
        assertEquals(before, Ethtool.read(card, group, name));
    }

    private static String otherThan(final String onOrOff) {
        return onOrOff.equals("on") ? "off" : "on";
    }

    @Test
    void shouldSetWhatAVethPairHasAndSetItBack() throws IOException {
        assumeTrue(VethPair.missing() == null);
        try (VethPair veth = new VethPair(2)) {
            veth.near(
                    () -> {
                        for (final String feature : List.of("rx-gro", "tx-tcp-segmentation")) {
                            final String now =
                                    Ethtool.read(CARD, "features", feature).orElseThrow();
                            shouldTakeAndGiveBack(CARD, "features", feature, otherThan(now));
                        }
                        shouldTakeAndGiveBack(CARD, "channels", "rx", "1");
                        return null;
                    });
        }
    }

    @Test
    void shouldSetTheCoalescingOfATapAndSetItBack() throws IOException {
        assumeTrue(VethPair.missing() == null);
        try (VethPair veth = new VethPair()) {
            try {
                VethPair.ip("-n " + veth.nearName() + " tuntap add " + TAP + " mode tap");
            } catch (final IOException none) {
                System.out.println("coalescing skipped, no tap here: " + none.getMessage());
                assumeTrue(false, "no tap can be made here");
            }
            veth.near(
                    () -> {
                        shouldTakeAndGiveBack(TAP, "coalesce", "rxFrames", "8");
                        assertEquals(
                                -Errno.EOPNOTSUPP, Ethtool.write(TAP, "coalesce", "rxUsecs", "5"));
                        return null;
                    });
        }
    }

    /** The kernel segments only what it may also gather. */
    @Test
    void shouldTellWhatIsWantedFromWhatIsInForce() throws IOException {
        assumeTrue(VethPair.missing() == null);
        final String name = "tx-tcp-segmentation";
        try (VethPair veth = new VethPair()) {
            veth.near(
                    () -> {
                        assertEquals(0, Ethtool.write(CARD, "wanted", name, "on"));
                        assertEquals(
                                0, Ethtool.write(CARD, "features", "tx-scatter-gather", "off"));
                        assertEquals(Optional.of("off"), Ethtool.read(CARD, "features", name));
                        assertEquals(Optional.of("on"), Ethtool.read(CARD, "wanted", name));
                        assertEquals(0, Ethtool.write(CARD, "wanted", name, "off"));
                        assertEquals(Optional.of("off"), Ethtool.read(CARD, "wanted", name));
                        return null;
                    });
        }
    }

    @Test
    void shouldSayWhatACardDoesNotHave() throws IOException {
        assumeTrue(VethPair.missing() == null);
        try (VethPair veth = new VethPair()) {
            veth.near(
                    () -> {
                        assertEquals(Optional.empty(), Ethtool.read(CARD, "rings", "rx"));
                        assertEquals(-Errno.EOPNOTSUPP, Ethtool.write(CARD, "rings", "rx", "256"));
                        assertEquals(
                                -Errno.EOPNOTSUPP,
                                Ethtool.write(CARD, "features", "rx-hashing", "on"));
                        assertFalse(Ethtool.mayWrite(CARD, "features", "rx-hashing"));
                        assertTrue(Ethtool.read(CARD, "driver", "version").isPresent());
                        assertFalse(Ethtool.mayWrite(CARD, "driver", "version"));
                        return null;
                    });
        }
    }

    @Test
    void shouldRefuseCardsAndValuesThatThereAreNot() {
        for (final String card : List.of("no-such-card", "a-name-longer-than-any-card-has")) {
            assertEquals(Optional.empty(), Ethtool.read(card, "features", "rx-gro"));
            assertEquals(Optional.empty(), Ethtool.read(card, "driver", "firmware"));
            assertEquals(-Errno.ENODEV, Ethtool.write(card, "rings", "rx", "256"));
        }
        assertEquals(Optional.empty(), Ethtool.read("lo", "rings", "colour"));
        assertEquals(List.of(), Ethtool.names("colours"));
        assertEquals(-Errno.EINVAL, Ethtool.write("lo", "features", "rx-gro", "1"));
        assertEquals(-Errno.EINVAL, Ethtool.write("lo", "rings", "rx", "-1"));
        assertEquals(-Errno.EINVAL, Ethtool.write("lo", "rings", "rx", "many"));
        assertEquals(-Errno.EINVAL, Ethtool.write("lo", "driver", "version", "2"));
    }

    /** It asks by another way, netlink. Names of its own hide some features. */
    @Test
    void shouldReadWhatTheProgramPrints() throws IOException {
        int compared = 0;
        try (var cards = Files.list(Path.of("/sys/class/net"))) {
            for (final Path folder : cards.toList()) {
                final String card = folder.getFileName().toString();
                final String features = printed("-k", card);
                for (final String name : Ethtool.names("features")) {
                    final String line = "\\s*" + name + ": (on|off)";
                    compared += compare(features, line, card, "features", name);
                }
                final String rings = printed("-g", card).replaceFirst("(?s).*Current", "Current");
                compared += compare(rings, "RX:\\s+(\\d+)", card, "rings", "rx");
                compared += compare(rings, "TX:\\s+(\\d+)", card, "rings", "tx");
            }
        }
        if (compared == 0) {
            System.out.println("comparison with ethtool skipped: it is not installed");
        }
        assumeTrue(compared > 0, "ethtool is not installed");
    }

    private static int compare(
            final String text,
            final String line,
            final String card,
            final String group,
            final String name) {
        final Matcher printed = Pattern.compile("(?m)^" + line).matcher(text);
        if (!printed.find()) {
            return 0;
        }
        assertEquals(
                Optional.of(printed.group(1)),
                Ethtool.read(card, group, name),
                () -> card + " " + group + " " + name);
        return 1;
    }

    /** Empty where the card does not have it. */
    private static String printed(final String option, final String card) {
        try {
            return VethPair.run("ethtool " + option + " " + card);
        } catch (final IOException refused) {
            return "";
        }
    }
}
