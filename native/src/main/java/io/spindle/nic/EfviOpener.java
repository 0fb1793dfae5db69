package io.spindle.nic;

import static io.spindle.nic.EfviLayout.*;

import io.spindle.sys.CText;
import io.spindle.sys.Errno;
import io.spindle.sys.NetworkDevice;
import io.spindle.sys.Region;

import org.agrona.concurrent.UnsafeBuffer;

/** Opens an {@link EfviQueue}, or names the library, driver or card that is missing. */
@Cold
final class EfviOpener {
    private static final int SCRATCH_LENGTH = 4096;
    private static final String[] ARCHITECTURES = {
        "Falcon", "EF10", "EF100", "EFCT", "AF_XDP", "EF10CT"
    };

    private EfviOpener() {}

    static NicQueue open(final NicConfig config, final String reason) {
        if (config.interfaceName().isEmpty()) {
            throw new NicRefusedException("no interface named");
        }
        load(config.efviLibrary());
        final NetworkDevice device =
                NetworkDevice.find(config.interfaceName())
                        .orElseThrow(
                                () ->
                                        new NicRefusedException(
                                                "no interface " + config.interfaceName()));
        final Region memory =
                Region.allocateHuge(2 * config.ringFrames() * EfviLayout.BUFFER_LENGTH);
        try (Region scratch = Region.allocate(SCRATCH_LENGTH)) {
            final long port = openPort(config, device, memory, scratch);
            filter(config, port);
            EfviBindings.describe(port, scratch.address());
            final NicInfo info = info(config, device, scratch.buffer(), reason);
            return new EfviQueue(port, memory, config.ringFrames(), info);
        } catch (final RuntimeException failure) {
            memory.close();
            throw failure;
        }
    }

    private static void load(final String library) {
        try {
            EfviBindings.load(library);
        } catch (final UnsatisfiedLinkError missing) {
            throw new NicRefusedException(
                    "the ef_vi shim "
                            + (library.isEmpty() ? "libspindle_efvi.so" : library)
                            + " could not be loaded, "
                            + missing.getMessage()
                            + "; build it with -Defvi.home=ONLOAD",
                    missing);
        }
    }

    private static long openPort(
            final NicConfig config,
            final NetworkDevice device,
            final Region memory,
            final Region scratch) {
        final long port =
                EfviBindings.open(
                        device.index(),
                        config.timestamps() ? EfviBindings.WANT_STAMPS : 0,
                        config.ringFrames(),
                        config.ringFrames(),
                        memory.address(),
                        scratch.address());
        if (port < 0 && port > -SCRATCH_LENGTH) {
            throw new NicRefusedException(
                    CText.at(scratch.buffer().getLong(0))
                            + " on "
                            + device.name()
                            + ", "
                            + Errno.text(port)
                            + "; driver "
                            + device.driver()
                            + ", needs a Solarflare card and the Onload modules");
        }
        return port;
    }

    private static void filter(final NicConfig config, final long port) {
        final int result =
                EfviBindings.filter(
                        port,
                        Integer.reverseBytes(config.address()),
                        Short.toUnsignedInt(Short.reverseBytes((short) config.port())),
                        config.vlan());
        if (result < 0) {
            EfviBindings.close(port);
            throw new NicRefusedException("ef_vi_filter_add, " + Errno.text(result));
        }
    }

    private static NicInfo info(
            final NicConfig config,
            final NetworkDevice device,
            final UnsafeBuffer facts,
            final String reason) {
        final int granted = facts.getInt(FACTS_GRANTED_OFFSET);
        final String mode =
                "ef_vi "
                        + CText.at(EfviBindings.version())
                        + ", "
                        + ARCHITECTURES[facts.getInt(FACTS_ARCH_OFFSET)]
                        + ((granted & EfviBindings.GRANTED_CTPIO) != 0 ? ", CTPIO" : ", DMA")
                        + ((granted & EfviBindings.GRANTED_BY_REFERENCE) != 0
                                ? ", receive by reference"
                                : "");
        return new NicInfo(
                NicBackend.EFVI.word(),
                mode,
                device.name(),
                device.driver(),
                config.queue(),
                facts.getInt(FACTS_RX_CAPACITY_OFFSET),
                facts.getInt(FACTS_TX_CAPACITY_OFFSET),
                facts.getLong(FACTS_MAC_OFFSET),
                config.address(),
                config.port(),
                (granted & EfviBindings.GRANTED_STAMPS) != 0 ? "hardware" : "none",
                reason);
    }
}
