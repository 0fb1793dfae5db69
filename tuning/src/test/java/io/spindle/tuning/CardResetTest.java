package io.spindle.tuning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.tuning.cli.TuneCommand;
import io.spindle.tuning.machine.Discovery;
import io.spindle.tuning.machine.Root;
import io.spindle.tuning.plan.Applier;
import io.spindle.tuning.plan.Plan;
import io.spindle.tuning.plan.RollbackJournal;
import io.spindle.tuning.profile.ProfileFolder;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a driver does of itself when a card gets its rings or channels, and files do not. */
class CardResetTest {
    private static final String CARD = "/ethtool/order0/";
    private static final String RINGS = CARD + "rings/rx";
    private static final String RX_USECS = CARD + "coalesce/rxUsecs";
    private static final String TX_USECS = CARD + "coalesce/txUsecs";
    private static final String OLD_IRQ = "/proc/irq/24/smp_affinity_list";
    private static final String NAMED_IRQ = "/proc/irq/25/smp_affinity_list";
    private static final String OTHER_IRQ = "/proc/irq/26/smp_affinity_list";
    private static final String NEW_IRQ = "/proc/irq/31/smp_affinity_list";

    @TempDir Path folder;
    private Root root;

    /** The card has 60 µs, rings of 1024 and interrupt 24 on CPUs 0-1. */
    @BeforeEach
    void buildMachine() throws IOException {
        root =
                SyntheticMachine.intelTwoSockets()
                        .file(CARD + "wanted/rx-lro", "off")
                        .writeTo(folder.resolve("m"));
    }

    private Plan plan(final String lines) throws IOException {
        Files.writeString(
                folder.resolve("p.yaml"),
                "name: p\nschema: 1\nlayout: { trading: { count: 1, isolate: true } }\n" + lines);
        return Plan.of(new ProfileFolder(folder).read("p"), Discovery.discover(root), root);
    }

    private RollbackJournal journal() {
        return new RollbackJournal(folder.resolve("journal"), root);
    }

    private Applier applier() {
        return applier(Map.of());
    }

    /**
     * @param atStep what the card does of itself, by the step that it comes before
     */
    private Applier applier(final Map<String, Runnable> atStep) {
        return new Applier(root, journal(), step -> atStep.getOrDefault(step, () -> {}).run());
    }

    private void set(final String path, final String value) {
        try {
            final Path file = root.base().resolve(path.substring(1));
            Files.createDirectories(file.getParent());
            Files.writeString(file, value + "\n");
        } catch (final IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    private void remove(final String path) {
        try {
            Files.delete(root.base().resolve(path.substring(1)));
        } catch (final IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    private int tune(final StringWriter out, final String... command) {
        final List<String> all = new ArrayList<>(List.of(command));
        all.addAll(List.of("--root", root.base().toString()));
        all.addAll(List.of("--journal", journal().file().toString()));
        return new CommandLine(new TuneCommand())
                .setOut(new PrintWriter(out))
                .execute(all.toArray(String[]::new));
    }

    private static Map<String, Applier.Outcome> byPath(final List<Applier.Outcome> outcomes) {
        return outcomes.stream()
                .collect(Collectors.toMap(Applier.Outcome::path, Function.identity()));
    }

    @Test
    void shouldRestoreWhatTheRingsResetBehindIt() throws IOException {
        applier()
                .apply(
                        plan(
                                "nic: { drivers: [sfc], rings: { rx: 512 },"
                                        + " coalesce: { rxUsecs: 0 } }\n"));
        final List<Applier.Outcome> outcomes =
                applier(Map.of("restore " + RINGS, () -> set(RX_USECS, "99"))).rollback();
        assertTrue(outcomes.stream().allMatch(Applier.Outcome::done), outcomes::toString);
        assertEquals("60", root.read(RX_USECS).orElseThrow());
        assertEquals("1024", root.read(RINGS).orElseThrow());
        assertEquals("0", byPath(outcomes).get(RX_USECS).before());
        assertFalse(journal().exists());
    }

    @Test
    void shouldEndAndNameWhatIsNotBackWhenEachSettingResetsTheOther() throws IOException {
        applier().apply(plan("nic: { drivers: [sfc], coalesce: { rxUsecs: 0, txUsecs: 0 } }\n"));
        final List<Applier.Outcome> outcomes =
                applier(
                                Map.of(
                                        "restore " + RX_USECS, () -> set(TX_USECS, "99"),
                                        "restore " + TX_USECS, () -> set(RX_USECS, "99")))
                        .rollback();
        final List<String> problems =
                outcomes.stream()
                        .filter(outcome -> !outcome.done())
                        .map(Applier.Outcome::problem)
                        .toList();
        assertEquals(List.of("reads back '99', not '60'"), problems, outcomes::toString);
        assertTrue(journal().exists());
    }

    @Test
    void shouldPlanTheRestAgainWhenACardHasChangedItsInterrupts() throws IOException {
        final Plan plan =
                plan(
                        "nic: { drivers: [sfc], channels: { combined: 2 } }\n"
                                + "sysfs: { /proc/irq/*/smp_affinity_list: '2' }\n");
        final Runnable change =
                () -> {
                    remove(OLD_IRQ);
                    set(NEW_IRQ, "0-7");
                };
        final List<Applier.Outcome> outcomes = applier(Map.of("plan again", change)).apply(plan);
        assertEquals(
                List.of(CARD + "channels/combined", NEW_IRQ),
                outcomes.stream().map(Applier.Outcome::path).toList());
        assertTrue(outcomes.stream().allMatch(Applier.Outcome::done), outcomes::toString);
        assertEquals("2", root.read(NEW_IRQ).orElseThrow());
    }

    /** It held, so the first plan has no change for it; its old value is the one it had then. */
    @Test
    void shouldSetAgainWhatACardHasResetAndRestoreWhatItWas() throws IOException {
        set(RX_USECS, "0");
        final Plan plan =
                plan("nic: { drivers: [sfc], rings: { rx: 512 }, coalesce: { rxUsecs: 0 } }\n");
        applier(Map.of("plan again", () -> set(RX_USECS, "60"))).apply(plan);
        assertEquals("0", root.read(RX_USECS).orElseThrow());
        set(RX_USECS, "60");
        applier().rollback();
        assertEquals("0", root.read(RX_USECS).orElseThrow());
    }

    /** As a kill behind the rings leaves it; with and without an apply that comes to its end. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldRestoreAllThatACardHasResetWhenItDiedBeforeTheSecondPlan(final boolean again)
            throws IOException {
        set(RX_USECS, "0");
        set("/sys/class/net/order0/device/msi_irqs/24", "msi");
        set("/proc/interrupts", "25: 1 2 PCI-MSI order0-rx-0\n26: 1 2 PCI-MSI order01-rx-0");
        set(NAMED_IRQ, "3");
        set(OTHER_IRQ, "4");
        final String nic =
                "nic: { drivers: [sfc], rings: { rx: 512 }, coalesce: { rxUsecs: 0 } }\n";
        final Plan plan = plan(nic);
        final Map<String, String> reset = new LinkedHashMap<>();
        reset.put(RX_USECS, "60");
        reset.put(TX_USECS, "99");
        reset.put(CARD + "coalesce/adaptiveTx", "on");
        reset.put(CARD + "pause/rx", "off");
        reset.put(CARD + "features/rx-gro", "off");
        reset.put(CARD + "wanted/rx-lro", "on");
        reset.put("/sys/class/net/order0/gro_flush_timeout", "7");
        reset.put("/sys/class/net/order0/queues/rx-0/rps_cpus", "2");
        reset.put(OLD_IRQ, "0-31");
        reset.put(NAMED_IRQ, "0-31");
        final Map<String, String> before = new LinkedHashMap<>();
        reset.keySet().forEach(path -> before.put(path, root.read(path).orElseThrow()));
        before.put(RINGS, root.read(RINGS).orElseThrow());
        final Runnable death =
                () -> {
                    reset.forEach(this::set);
                    set(OTHER_IRQ, "5");
                    throw new IllegalStateException("died");
                };
        assertThrows(
                IllegalStateException.class,
                () -> applier(Map.of("plan again", death)).apply(plan));
        if (again) {
            applier().apply(plan(nic));
            assertEquals("0", root.read(RX_USECS).orElseThrow());
        }
        final List<Applier.Outcome> outcomes = applier().rollback();
        assertTrue(outcomes.stream().allMatch(Applier.Outcome::done), outcomes::toString);
        before.forEach((path, value) -> assertEquals(value, root.read(path).orElseThrow(), path));
        assertEquals("5", root.read(OTHER_IRQ).orElseThrow(), "another card's");
        assertFalse(journal().exists());
    }

    /** Each is written and reads back well: the second by its own name changes the first. */
    @Test
    void shouldNameWhatAnotherSettingHasChangedBehindIt() throws IOException {
        final Path alias = root.base().resolve("sys/kernel/alias");
        Files.createSymbolicLink(alias, root.base().resolve("proc/sys/vm/swappiness"));
        plan("sysctl: { vm.swappiness: '0' }\nsysfs: { /sys/kernel/alias: '10' }\n");
        final StringWriter out = new StringWriter();
        final int code = tune(out, "apply", folder.resolve("p.yaml").toString());
        assertEquals(1, code, out::toString);
        assertTrue(out.toString().contains("2 changed, 0 refused"), out::toString);
        assertTrue(
                out.toString().contains("DID NOT STAY  /proc/sys/vm/swappiness: is '10', not '0'"),
                out::toString);
    }

    @Test
    void shouldTellOfARollbackOnlyWhatItChanged() throws IOException {
        applier().apply(plan("nic: { drivers: [sfc], rings: { rx: 512 } }\n"));
        final StringWriter out = new StringWriter();
        assertEquals(0, tune(out, "rollback"), out::toString);
        assertEquals(
                "restored  " + RINGS + "  512 → 1024\n1 restored, 0 refused\n", out.toString());
    }

    /** The card keeps it off, for another that it needs is off; the wish stays. */
    @Test
    void shouldTakeBackAWishThatWasNotGranted() throws IOException {
        final List<Applier.Outcome> applied =
                applier().apply(plan("nic: { drivers: [sfc], features: { rx-lro: on } }\n"));
        assertEquals(1, applied.size());
        set(CARD + "features/rx-lro", "off");
        set(CARD + "wanted/rx-lro", "on");
        assertTrue(applier().rollback().stream().allMatch(Applier.Outcome::done));
        assertEquals("off", root.read(CARD + "wanted/rx-lro").orElseThrow());
        assertFalse(journal().exists());
    }

    /** It came with what it needs, and goes with it: to write it off would end the wish. */
    @Test
    void shouldKeepAWishThatWasThereBefore() throws IOException {
        set(CARD + "wanted/rx-lro", "on");
        applier().apply(plan("nic: { drivers: [sfc], features: { rx-lro: on } }\n"));
        final List<Applier.Outcome> outcomes =
                applier(
                                Map.of(
                                        "restore " + CARD + "features/rx-lro",
                                        () -> set(CARD + "wanted/rx-lro", "off")))
                        .rollback();
        assertTrue(outcomes.stream().allMatch(Applier.Outcome::done), outcomes::toString);
        assertEquals("off", root.read(CARD + "features/rx-lro").orElseThrow());
        assertEquals("on", root.read(CARD + "wanted/rx-lro").orElseThrow());
    }

    @Test
    void shouldCountAnInterruptThatIsGoneAsDoneAndSaySo() throws IOException {
        applier().apply(plan("sysfs: { /proc/irq/*/smp_affinity_list: '2' }\n"));
        remove(OLD_IRQ);
        final StringWriter out = new StringWriter();
        assertEquals(0, tune(out, "rollback"), out::toString);
        assertTrue(
                out.toString().contains("restored  " + OLD_IRQ + ": this interrupt is gone"),
                out::toString);
        assertFalse(journal().exists());
    }
}
