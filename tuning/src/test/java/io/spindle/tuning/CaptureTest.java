package io.spindle.tuning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.spindle.tuning.machine.Capture;
import io.spindle.tuning.machine.Root;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** A capture says what a machine is, not whose. */
class CaptureTest {
    private static final String CARD = "enx0a1b2c3d4e5f";
    private static final String OTHER_CARD = "enx0a1b2c3d4e60";
    private static final String ADDRESS = "0a:1b:2c:3d:4e:5f";
    private static final String DISK = "8f3a2b1c-0d1e-4f2a-9b3c-4d5e6f708192";

    /** Of one address. */
    private static final List<String> SPELLINGS =
            List.of(
                    "0a:1b:2c:3d:4e:5f",
                    "0A-1B-2C-3D-4E-5F",
                    "0a_1b_2c_3d_4e_5f",
                    "0a1b.2c3d.4e5f",
                    "0a1b2c3d4e5f",
                    "ibx0a1b2c3d4e5f");

    private static final String BUILT_IN =
            """
            CONFIG_CMDLINE="root=/dev/secret"
            CONFIG_DEFAULT_HOSTNAME="secret"
            CONFIG_LOCALVERSION="-secret"
            CONFIG_RCU_NOCB_CPU=y
            """;

    private static final Pattern ADDRESS_OF_ANY_SPELLING =
            Pattern.compile("(?i)0a[:_-]?1b[:_.-]?2c[:_-]?3d[:_.-]?4e[:_-]?5f");

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
                                        + " rd.lvm.lv=secret/root hugepages=4"
                                        + " BOOTIF=01-0a-1b-2c-3d-4e-5f nosmt"
                                        + " inst.ks=http://secret/ks"
                                        + " \"dracut=a secret\" cryptdevice=\"a secret\" secret"
                                        + " sysctl.kernel.hostname=secret spectre_v2=off -- secret")
                        .file(
                                "/boot/config-6.12.1",
                                "CONFIG_HZ=250\n# CONFIG_NO_HZ_FULL is not set\n" + BUILT_IN)
                        .file("/proc/cpuinfo", "model name\t: a, b\nSerial\t\t: secret\n")
                        .file("/proc/swaps", "Filename Type Size\n/dev/mapper/secret partition 4")
                        .file("/proc/interrupts", " 24: 1 2 MSI " + CARD + "-rx-0")
                        .file("/proc/sys/kernel/core_pattern", ADDRESS + " " + DISK)
                        .file("/proc/softirqs", String.join("\nMAC:", SPELLINGS))
                        .file("/proc/vmstat", "nr_free_pages 123456789012")
                        .file("/sys/class/net/" + CARD + "/mtu", "1500")
                        .file("/sys/class/net/" + OTHER_CARD + "/mtu", "9000")
                        .file("/sys/class/net/wlx0a1b2c3d4e5f/mtu", "1400")
                        .file("/sys/class/net/br-0a1b2c3d4e5f/mtu", "1300")
                        .writeTo(folder.resolve("machine"));
        Files.write(root.base().resolve("proc/config.gz"), packed("CONFIG_HZ=250\n" + BUILT_IN));
        copy = new Root(folder.resolve("copy"));
        Capture.capture(root, copy.base());
    }

    @Test
    void shouldKeepNothingThatNamesTheMachine() throws IOException {
        try (Stream<Path> files = Files.walk(copy.base())) {
            for (final Path file : files.toList()) {
                final String all =
                        copy.base().relativize(file)
                                + (Files.isRegularFile(file) ? text(file) : "");
                for (final String name : List.of("secret", CARD, OTHER_CARD, ADDRESS, DISK)) {
                    assertFalse(all.contains(name), () -> name + " in " + all);
                }
                assertFalse(ADDRESS_OF_ANY_SPELLING.matcher(all).find(), all);
            }
        }
    }

    @Test
    void shouldKeepAllThatThePlansAreMadeOf() {
        assertEquals(
                "BOOT_IMAGE=anonymous root=anonymous ip=anonymous quiet isolcpus=domain,1"
                        + " rd.lvm.lv=anonymous hugepages=4 BOOTIF=anonymous nosmt"
                        + " inst.ks=anonymous dracut=anonymous cryptdevice=anonymous anonymous"
                        + " sysctl.kernel.hostname=anonymous spectre_v2=off",
                read("/proc/cmdline"));
        assertEquals("host", read("/proc/sys/kernel/hostname"));
        assertEquals("model name\t: a, b\nSerial\t\t: 0", read("/proc/cpuinfo"));
        assertEquals("Filename Type Size\n/swap partition 4", read("/proc/swaps"));
        assertEquals("60", read("/proc/sys/vm/swappiness"));
        assertEquals("nr_free_pages 123456789012", read("/proc/vmstat"));
        assertEquals("igc", read("/sys/class/net/enp3s0/device/uevent").substring(7, 10));
    }

    @Test
    void shouldKeepOfAKernelsBuildWhatIsNoText() throws IOException {
        final String texts =
                """
                CONFIG_CMDLINE=""
                CONFIG_DEFAULT_HOSTNAME=""
                CONFIG_LOCALVERSION=""
                CONFIG_RCU_NOCB_CPU=y
                """;
        assertEquals(
                "CONFIG_HZ=250\n# CONFIG_NO_HZ_FULL is not set\n" + texts,
                text(copy.base().resolve("boot/config-6.12.1")).replace("\n\n", "\n"));
        assertEquals("CONFIG_HZ=250\n" + texts, text(copy.base().resolve("proc/config.gz")));
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

    private static byte[] packed(final String text) throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (var packing = new GZIPOutputStream(bytes)) {
            packing.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static String text(final Path file) throws IOException {
        if (!file.toString().endsWith(".gz")) {
            return Files.readString(file);
        }
        try (var packed = new GZIPInputStream(Files.newInputStream(file))) {
            return new String(packed.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String read(final String path) {
        try {
            return Files.readString(copy.base().resolve(path.substring(1))).strip();
        } catch (final IOException absent) {
            throw new UncheckedIOException(absent);
        }
    }
}
