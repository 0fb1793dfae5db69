package io.spindle.tuning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.spindle.tuning.machine.Capture;
import io.spindle.tuning.machine.Root;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A capture says what a machine is, not whose. */
class CaptureTest {
    private static final String CARD = "enx0a1b2c3d4e5f";
    private static final String OTHER_CARD = "enx0a1b2c3d4e60";
    private static final String ADDRESS = "0a:1b:2c:3d:4e:5f";
    private static final String DISK = "8f3a2b1c-0d1e-4f2a-9b3c-4d5e6f708192";

    @TempDir private Path folder;

    private Root copy;

    @BeforeEach
    void capture() throws IOException {
        final Root root =
                SyntheticMachine.desktop()
                        .file("/proc/sys/kernel/hostname", "secret-box")
                        .file("/proc/sys/kernel/domainname", "secret.example")
                        .file(
                                "/proc/cmdline",
                                "BOOT_IMAGE=/secret/vmlinuz root=UUID="
                                        + DISK
                                        + " ip=secret::dhcp quiet isolcpus=domain,1"
                                        + " rd.lvm.lv=secret/root hugepages=4 -- secret")
                        .file("/proc/cpuinfo", "model name\t: a, b\nSerial\t\t: secret\n")
                        .file("/proc/swaps", "Filename Type Size\n/dev/mapper/secret partition 4")
                        .file("/proc/interrupts", " 24: 1 2 MSI " + CARD + "-rx-0")
                        .file("/proc/sys/kernel/core_pattern", ADDRESS + " " + DISK)
                        .file("/sys/class/net/" + CARD + "/mtu", "1500")
                        .file("/sys/class/net/" + OTHER_CARD + "/mtu", "9000")
                        .writeTo(folder.resolve("machine"));
        copy = new Root(folder.resolve("copy"));
        Capture.capture(root, copy.base());
    }

    @Test
    void shouldKeepNothingThatNamesTheMachine() throws IOException {
        try (Stream<Path> files = Files.walk(copy.base())) {
            for (final Path file : files.toList()) {
                final String all =
                        copy.base().relativize(file)
                                + (Files.isRegularFile(file) ? Files.readString(file) : "");
                for (final String name : List.of("secret", CARD, OTHER_CARD, ADDRESS, DISK)) {
                    assertFalse(all.contains(name), () -> name + " in " + all);
                }
            }
        }
    }

    @Test
    void shouldKeepAllThatThePlansAreMadeOf() {
        assertEquals(
                "BOOT_IMAGE=anonymous root=anonymous ip=anonymous quiet isolcpus=domain,1"
                        + " rd.lvm.lv=anonymous hugepages=4",
                read("/proc/cmdline"));
        assertEquals("host", read("/proc/sys/kernel/hostname"));
        assertEquals("model name\t: a, b\nSerial\t\t: 0", read("/proc/cpuinfo"));
        assertEquals("Filename Type Size\n/swap partition 4", read("/proc/swaps"));
        assertEquals("60", read("/proc/sys/vm/swappiness"));
        assertEquals("igc", read("/sys/class/net/enp3s0/device/uevent").substring(7, 10));
    }

    /** Two cards stay two, and what is said of one elsewhere is still said of it. */
    @Test
    void shouldCallACardTheSameEverywhere() {
        final List<String> mtus =
                copy.glob("/sys/class/net/enx*/mtu").stream().map(this::read).toList();
        assertEquals(2, mtus.size());
        final String card = read("/proc/interrupts").split(" ")[4].replace("-rx-0", "");
        assertEquals("1500", read("/sys/class/net/" + card + "/mtu"));
    }

    private String read(final String path) {
        try {
            return Files.readString(copy.base().resolve(path.substring(1))).strip();
        } catch (final IOException absent) {
            throw new UncheckedIOException(absent);
        }
    }
}
