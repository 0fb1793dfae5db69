package io.spindle.nic;

import io.spindle.sys.Errno;
import io.spindle.sys.NetworkDevice;
import io.spindle.sys.SystemCallException;

/** Opens an {@link XdpQueue}, or says what is missing. */
@Cold
final class XdpOpener {
    private XdpOpener() {}

    static NicQueue open(final NicConfig config, final String reason) {
        if (config.interfaceName().isEmpty()) {
            throw new NicRefusedException("no interface named");
        }
        if (config.port() == 0) {
            throw new NicRefusedException("the program must be told a port, 0 was given");
        }
        final NetworkDevice device =
                NetworkDevice.find(config.interfaceName())
                        .orElseThrow(
                                () ->
                                        new NicRefusedException(
                                                "no interface " + config.interfaceName()));
        final XdpAttachment attachment = attach(device, config);
        final XdpQueues queues =
                new XdpQueues(
                        attachment.memories(),
                        attachment,
                        config,
                        info(device, attachment, config, reason));
        attachment.openGate();
        return queues;
    }

    /** The card chooses the queue of a frame; one that nobody looks after goes to the kernel. */
    private static int queues(final NetworkDevice device, final NicConfig config) {
        final int wanted = device.receiveQueues() - config.queue();
        if (wanted < 1 || wanted > NicContext.MAX_QUEUES) {
            throw new NicRefusedException(
                    device.name()
                            + " has "
                            + device.receiveQueues()
                            + " receive queues and order entry can look after 1 to "
                            + NicContext.MAX_QUEUES
                            + " from "
                            + config.queue()
                            + " on; ethtool -L "
                            + device.name()
                            + " combined 1 makes it one");
        }
        return wanted;
    }

    private static XdpAttachment attach(final NetworkDevice device, final NicConfig config) {
        try {
            return new XdpAttachment(
                    device.index(),
                    queues(device, config),
                    config,
                    config.timestamps() && device.stampsAll());
        } catch (final SystemCallException failure) {
            throw new NicRefusedException(
                    failure.getMessage() + remedy(failure.errno(), device.name()), failure);
        }
    }

    private static String remedy(final int errno, final String device) {
        return switch (errno) {
            case Errno.EPERM, Errno.EACCES ->
                    "; needs CAP_NET_RAW, CAP_NET_ADMIN and CAP_BPF, or root";
            case Errno.ENOMEM -> "; raise RLIMIT_MEMLOCK or lower ringFrames";
            case Errno.EBUSY ->
                    "; another program or socket has the interface: see ip link show dev "
                            + device
                            + ", remove with ip link set dev "
                            + device
                            + " xdp off";
            default -> "";
        };
    }

    private static NicInfo info(
            final NetworkDevice device,
            final XdpAttachment attachment,
            final NicConfig config,
            final String reason) {
        return new NicInfo(
                NicBackend.AFXDP.word(),
                attachment.mode(),
                device.name(),
                device.driver(),
                config.queue(),
                config.ringFrames(),
                config.ringFrames(),
                device.mac(),
                config.address(),
                config.port(),
                attachment.stampClock(),
                reason);
    }
}
