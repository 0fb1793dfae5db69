package io.spindle.tuning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import io.spindle.tuning.machine.Discovery;
import io.spindle.tuning.machine.Root;
import io.spindle.tuning.plan.Applier;
import io.spindle.tuning.plan.Plan;
import io.spindle.tuning.plan.RollbackJournal;
import io.spindle.tuning.profile.ProfileFolder;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Settings of cards that the kernel has, changed and taken back: of a veth pair, and of a tap for
 * coalescing, which a pair does not have. Rings neither has.
 */
class LiveCardTest {
    private static final Root LIVE = Root.live();

    /** At most 15 characters, and no other process's. */
    private static final String CARD = "spn" + ProcessHandle.current().pid() % 1_000_000;

    @TempDir Path folder;
    private boolean made;

    private void make(final String arguments) throws InterruptedException {
        try {
            ip(arguments);
            made = true;
        } catch (final IOException refused) {
            System.out.println(
                    "skipped: settings of real cards need root and iproute2: "
                            + refused.getMessage());
            abort("no card can be made here");
        }
    }

    @AfterEach
    void unmake() throws IOException, InterruptedException {
        if (made) {
            ip("link del " + CARD);
        }
    }

    private static void ip(final String arguments) throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(arguments.split(" ")));
        final Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        final String output = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IOException("ip " + arguments + ": " + output.strip());
        }
    }

    private Plan plan() {
        return Plan.of(new ProfileFolder(folder).read("p"), Discovery.discover(LIVE), LIVE);
    }

    private RollbackJournal journal() {
        return new RollbackJournal(folder.resolve("journal"), LIVE);
    }

    private static Map<String, String> values(final Plan plan) {
        final Map<String, String> values = new TreeMap<>();
        for (final Plan.Item item : plan.items()) {
            final String path = item.setting().path();
            values.put(path, LIVE.read(path).orElse("absent"));
        }
        return values;
    }

    private static List<String> paths(final List<Plan.Item> items) {
        return items.stream().map(item -> item.setting().path()).toList();
    }

    /** {@code %s} in a path is the card. */
    private void shouldApplyAndTakeBack(final String nic, final List<String> changed)
            throws IOException {
        Files.writeString(
                folder.resolve("p.yaml"),
                "name: p\nschema: 1\nnic:\n  interfaces: [" + CARD + "]\n" + nic);
        final Plan plan = plan();
        final Map<String, String> before = values(plan);
        assertEquals(
                changed.stream().map(path -> path.formatted(CARD)).toList(),
                paths(plan.with(Plan.Verdict.CHANGE)),
                plan.items()::toString);

        final List<Applier.Outcome> applied = new Applier(LIVE, journal(), step -> {}).apply(plan);
        assertTrue(applied.stream().allMatch(Applier.Outcome::done), applied::toString);
        assertEquals(0, plan().exitCode(), () -> plan().items().toString());

        final List<Applier.Outcome> restored = new Applier(LIVE, journal(), step -> {}).rollback();
        assertTrue(restored.stream().allMatch(Applier.Outcome::done), restored::toString);
        assertEquals(before, values(plan));
        assertFalse(journal().exists());
    }

    private static String otherThanNow(final String feature) {
        final String now = LIVE.read("/ethtool/" + CARD + "/features/" + feature).orElseThrow();
        return now.equals("on") ? "off" : "on";
    }

    @Test
    void shouldApplyAndTakeBackWhatAVethPairHas() throws IOException, InterruptedException {
        make("link add " + CARD + " numrxqueues 2 numtxqueues 2 type veth peer name " + CARD + "p");
        if (!LIVE.writable("/sys/class/net/" + CARD + "/gro_flush_timeout")) {
            System.out.println("settings of a veth pair skipped: /sys may not be written here");
            abort("/sys may not be written here");
        }
        shouldApplyAndTakeBack(
                """
                  channels: { rx: 1 }
                  rings: { rx: 512 }
                  features: { rx-gro: %s, tx-tcp-segmentation: %s }
                  napi: { deferHardIrqs: 2, groFlushTimeoutNs: 200000 }
                """
                        .formatted(otherThanNow("rx-gro"), otherThanNow("tx-tcp-segmentation")),
                List.of(
                        "/ethtool/%s/channels/rx",
                        "/ethtool/%s/features/rx-gro",
                        "/ethtool/%s/features/tx-tcp-segmentation",
                        "/sys/class/net/%s/napi_defer_hard_irqs",
                        "/sys/class/net/%s/gro_flush_timeout"));
    }

    @Test
    void shouldApplyAndTakeBackTheCoalescingOfATap() throws IOException, InterruptedException {
        make("tuntap add " + CARD + " mode tap");
        shouldApplyAndTakeBack(
                "  coalesce: { adaptiveRx: off, rxFrames: 8 }\n",
                List.of("/ethtool/%s/coalesce/rxFrames"));
    }

    /** Never changed, but to be read of whatever card there is. */
    @Test
    void shouldReadTheDriverOfACard() throws IOException, InterruptedException {
        make("link add " + CARD + " type veth peer name " + CARD + "p");
        final String version = "/ethtool/" + CARD + "/driver/version";
        assertTrue(LIVE.glob("/ethtool/*/driver/version").contains(version));
        assertFalse(LIVE.writable(version));
    }
}
