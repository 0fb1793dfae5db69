package io.spindle.tuning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.tuning.machine.Capture;
import io.spindle.tuning.machine.Discovery;
import io.spindle.tuning.machine.Root;
import io.spindle.tuning.plan.Applier;
import io.spindle.tuning.plan.Plan;
import io.spindle.tuning.plan.RollbackJournal;
import io.spindle.tuning.profile.HwProfile;
import io.spindle.tuning.profile.InvalidProfileException;
import io.spindle.tuning.profile.ProfileFolder;
import io.spindle.tuning.search.ProfileLine;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A profile's {@code nic}, on machines whose cards are files. */
class NicSettingsTest {
    private static final Path PROFILES =
            Path.of(System.getProperty("spindle.root", ".."))
                    .toAbsolutePath()
                    .resolve("hw-profiles");

    @TempDir Path folder;

    private HwProfile read(final String name, final String text) throws IOException {
        Files.writeString(folder.resolve(name + ".yaml"), "name: " + name + "\nschema: 1\n" + text);
        return new ProfileFolder(folder).read(name);
    }

    /** The one with a card for orders, order0, and another one, mgmt0. */
    private Root twoCards() throws IOException {
        return SyntheticMachine.intelTwoSockets().writeTo(folder.resolve("m"));
    }

    private static Plan plan(final HwProfile profile, final Root root) {
        return Plan.of(profile, Discovery.discover(root), root);
    }

    private static List<String> paths(final List<Plan.Item> items) {
        return items.stream().map(item -> item.setting().path()).toList();
    }

    private static String text(final Root root, final String path) throws IOException {
        return Files.readString(root.base().resolve(path.substring(1)));
    }

    private Applier applier(final Root root) {
        return new Applier(root, new RollbackJournal(folder.resolve("journal"), root), step -> {});
    }

    @Test
    void shouldBindThemInAnyOrderAndInheritThemKeyByKey() throws IOException {
        read(
                "base",
                """
                nic:
                  features: { rx-gro: off, rx-lro: off }
                  atLeast: { firmware: 8.2 }
                  coalesce: { adaptiveRx: off, rxUsecs: 20 }
                  interfaces: [order0]
                """);
        final HwProfile.Nic nic =
                read(
                                "p",
                                """
                                extends: base
                                nic:
                                  napi: { deferHardIrqs: 2, groFlushTimeoutNs: 200000 }
                                  coalesce: { rxUsecs: 0 }
                                  rings: { rx: 512 }
                                  drivers: [sfc]
                                """)
                        .nic;
        assertEquals(List.of("order0"), nic.interfaces);
        assertEquals(List.of("sfc"), nic.drivers);
        assertEquals(Map.of("rx", "512"), nic.rings);
        assertEquals(Map.of("adaptiveRx", "off", "rxUsecs", "0"), nic.coalesce);
        assertEquals(Map.of("rx-gro", "off", "rx-lro", "off"), nic.features);
        assertEquals(Map.of("deferHardIrqs", "2", "groFlushTimeoutNs", "200000"), nic.napi);
        assertEquals(Map.of("firmware", "8.2"), nic.atLeast);
        assertEquals(Map.of(), nic.pause);
    }

    @Test
    void shouldNameLineAndFieldOfWhatIsNoSettingOfACard() {
        final String complaint =
                assertThrows(
                                InvalidProfileException.class,
                                () ->
                                        read(
                                                "p",
                                                """
                                                nic:
                                                  rings: { rx: few }
                                                  coalesce: { adaptiveRx: true }
                                                  pause: { colour: on }
                                                  atLeast: { firmware: new }
                                                  order0: { rings: { rx: 512 } }
                                                """))
                        .getMessage();
        assertEquals(
                """
                p.yaml:4: nic.rings.rx: expected a whole number, found 'few'
                p.yaml:5: nic.coalesce.adaptiveRx: expected on or off, found 'true'
                p.yaml:6: nic.pause.colour: unknown key; known: autoneg, rx, tx
                p.yaml:7: nic.atLeast.firmware: expected a version like 8.2.4, found 'new'
                p.yaml:8: nic.order0: unknown key; known: interfaces, drivers, channels, rings, coalesce, pause, features, napi, atLeast""",
                complaint);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    nicDrivers: [sfc]  | features: { rx-gro: off }                      | order0
                    nicDrivers: [sfc]  | drivers: [igb], features: { rx-gro: off }      | mgmt0
                    minCpus: 1         | drivers: [igb], features: { rx-gro: off }      | mgmt0
                    nicDrivers: [sfc]  | interfaces: [mgmt0], features: { rx-gro: off } | mgmt0
                    minCpus: 1         | features: { rx-gro: off }                      | mgmt0 order0
                    nicDrivers: [mlx5] | features: { rx-gro: off }                      | none
                    """)
    void shouldBeForTheCardsThatAreMeant(final String match, final String nic, final String cards)
            throws IOException {
        final HwProfile profile = read("p", "match: { " + match + " }\nnic: { " + nic + " }\n");
        assertEquals(
                List.of(cards.split(" ")).stream()
                        .filter(card -> !card.equals("none"))
                        .map(card -> "/ethtool/" + card + "/features/rx-gro")
                        .toList(),
                paths(plan(profile, twoCards()).items()));
    }

    @Test
    void shouldChangeCardsBeforeFilesAndRestoreEveryByte() throws IOException {
        final Root root = twoCards();
        final HwProfile profile =
                read(
                        "p",
                        """
                        nic:
                          drivers: [sfc]
                          features: { rx-gro: off, rx-lro: off, rx-hashing: off }
                          rings: { rx: 512 }
                          napi: { groFlushTimeoutNs: 200000 }
                        sysctl: { vm.swappiness: '0' }
                        """);
        final Plan plan = plan(profile, root);
        final List<String> changed =
                List.of(
                        "/ethtool/order0/rings/rx",
                        "/ethtool/order0/features/rx-gro",
                        "/sys/class/net/order0/gro_flush_timeout",
                        "/proc/sys/vm/swappiness");
        assertEquals(changed, paths(plan.with(Plan.Verdict.CHANGE)));
        assertEquals(
                List.of("/ethtool/order0/features/rx-hashing"),
                paths(plan.with(Plan.Verdict.ABSENT)));

        assertTrue(applier(root).apply(plan).stream().allMatch(Applier.Outcome::done));
        assertEquals("512\n", text(root, changed.get(0)));
        assertEquals("off\n", text(root, changed.get(1)));
        assertEquals("200000\n", text(root, changed.get(2)));
        assertEquals("1024\n", text(root, "/ethtool/mgmt0/rings/rx"));
        assertEquals(0, plan(profile, root).exitCode());

        assertTrue(applier(root).rollback().stream().allMatch(Applier.Outcome::done));
        assertEquals("1024\n", text(root, changed.get(0)));
        assertEquals("on\n", text(root, changed.get(1)));
        assertEquals("0\n", text(root, changed.get(2)));
    }

    /** As a card does that wants both directions of its moderation equal, or one behind another. */
    @Test
    void shouldTryOnceMoreWhatIsRefusedWhileAnotherIsNotBack() throws IOException {
        final Root root = twoCards();
        final Path journal = folder.resolve("journal");
        final HwProfile profile =
                read("p", "nic: { drivers: [sfc], coalesce: { rxUsecs: 0, txUsecs: 0 } }\n");
        applier(root).apply(plan(profile, root));
        final Path refusing = root.base().resolve("ethtool/order0/coalesce/txUsecs");
        Files.delete(refusing);
        final List<Applier.Outcome> outcomes =
                new Applier(
                                root,
                                new RollbackJournal(journal, root),
                                step -> {
                                    if (step.equals("restore /ethtool/order0/coalesce/rxUsecs")) {
                                        write(refusing);
                                    }
                                })
                        .rollback();
        assertTrue(outcomes.stream().allMatch(Applier.Outcome::done), outcomes::toString);
        assertEquals("60\n", Files.readString(refusing));
        assertFalse(Files.exists(journal));
    }

    private static void write(final Path file) {
        try {
            Files.writeString(file, "0\n");
        } catch (final IOException full) {
            throw new IllegalStateException(full);
        }
    }

    /** The cards' is 8.2.4.1009. */
    @ParameterizedTest
    @CsvSource({
        "8.2, HOLDS",
        "7.99, HOLDS",
        "8.2.4.1009, HOLDS",
        "8.2.4.1009.0, HOLDS",
        "8.2.4.1009.1, NOT_ALLOWED",
        "8.2.5, NOT_ALLOWED",
        "8.10, NOT_ALLOWED",
        "9, NOT_ALLOWED"
    })
    void shouldCheckFirmwareAndNeverWriteIt(final String atLeast, final Plan.Verdict verdict)
            throws IOException {
        final Root root = twoCards();
        final Plan plan =
                plan(
                        read(
                                "p",
                                "nic: { drivers: [sfc], atLeast: { firmware: %s } }\n"
                                        .formatted(atLeast)),
                        root);
        assertEquals(List.of("/ethtool/order0/driver/firmware"), paths(plan.with(verdict)));
        assertEquals(List.of(), applier(root).apply(plan));
        assertEquals("8.2.4.1009\n", text(root, "/ethtool/order0/driver/firmware"));
    }

    @Test
    void shouldBeInACapture() throws IOException {
        final Root root = twoCards();
        Capture.capture(root, folder.resolve("copy"));
        final Root copy = new Root(folder.resolve("copy"));
        assertEquals(Discovery.discover(root).nics(), Discovery.discover(copy).nics());
        assertEquals("1024", Discovery.discover(copy).nics().getLast().settings().get("rings/rx"));
    }

    /** What it does to messages, the time that a CPU lost does not show. */
    @Test
    void shouldBeKeptByASearchAndNotTried() throws IOException {
        final Root root = twoCards();
        final HwProfile profile =
                read("p", "nic: { rings: { rx: 512 } }\nsysctl: { vm.swappiness: '0' }\n");
        assertEquals(
                List.of("vm.swappiness"),
                ProfileLine.toTry(plan(profile, root), root).stream()
                        .map(ProfileLine::key)
                        .toList());

        Files.writeString(
                folder.resolve("mine.yaml"),
                new ProfileFolder(PROFILES).standalone("intel-sfc-x2", "mine", List.of()));
        final HwProfile.Nic nic = new ProfileFolder(folder).read("mine").nic;
        assertEquals(List.of("sfc"), nic.drivers);
        assertEquals(Map.of("rx", "512"), nic.rings);
        assertEquals(Map.of("rx", "off", "tx", "off"), nic.pause);
        assertEquals("off", nic.features.get("rx-gro"));
        assertEquals("0", nic.coalesce.get("rxUsecs"));
    }
}
