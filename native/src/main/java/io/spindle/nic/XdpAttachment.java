package io.spindle.nic;

import io.spindle.bpf.Bpf;
import io.spindle.bpf.PortFilter;
import io.spindle.sys.Errno;
import io.spindle.sys.Libc;
import io.spindle.sys.SystemCallException;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A bound AF_XDP socket and the program that feeds it. Everything the kernel holds for it hangs on
 * descriptors of this process, so that even kill -9 leaves a clean interface.
 */
@Cold
final class XdpAttachment implements AutoCloseable {
    private static final int MAX_QUEUES = 64;
    private static final long LAST_OWNER_PATIENCE_NS = TimeUnit.SECONDS.toNanos(3);
    private static final long LAST_OWNER_PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(5);

    private final Libc libc = new Libc();
    private final Bpf bpf = new Bpf();
    private final int interfaceIndex;
    private final XdpSocket socket;
    private int mapFd = -1;
    private int programFd = -1;
    private int linkFd = -1;
    private String mode = "";

    XdpAttachment(final int interfaceIndex, final NicConfig config) {
        this.interfaceIndex = interfaceIndex;
        socket = new XdpSocket(config.ringFrames());
        try {
            mapFd = bpf.createSocketMap(MAX_QUEUES);
            programFd =
                    bpf.load(
                            new PortFilter(
                                            config.port(),
                                            config.address(),
                                            config.vlan(),
                                            config.timestamps())
                                    .assemble(mapFd));
            attach(config.attach());
            final boolean busyPoll =
                    config.busyPollMicros() > 0 && socket.preferBusyPoll(config.busyPollMicros());
            socket.bind(interfaceIndex, config.queue());
            mode += socket.zeroCopy() ? ", zero-copy" : ", copy";
            mode += socket.umem().huge() ? ", huge pages" : "";
            mode += busyPoll ? ", busy poll" : "";
        } catch (final RuntimeException failure) {
            close();
            throw failure;
        }
    }

    private void attach(final String place) {
        int result = -Errno.EOPNOTSUPP;
        if (!"generic".equals(place)) {
            mode = "native";
            result = attachPatiently(Bpf.NATIVE);
        }
        if (!"native".equals(place) && result < 0 && result != -Errno.EBUSY) {
            mode = "generic";
            result = attachPatiently(Bpf.GENERIC);
        }
        linkFd = SystemCallException.check("attach an XDP program, " + mode, result);
    }

    /** The link of a process that has just died goes away with a delay. */
    private int attachPatiently(final int flags) {
        final long deadlineNs = System.nanoTime() + LAST_OWNER_PATIENCE_NS;
        int result = bpf.attach(programFd, interfaceIndex, flags);
        while (result == -Errno.EBUSY && System.nanoTime() - deadlineNs < 0) {
            LockSupport.parkNanos(LAST_OWNER_PAUSE_NS);
            result = bpf.attach(programFd, interfaceIndex, flags);
        }
        return result;
    }

    /** Lets frames through to the socket, once it has buffers to receive them into. */
    void openGate(final int queue) {
        bpf.putSocket(mapFd, queue, socket.fd());
    }

    XdpSocket socket() {
        return socket;
    }

    /** native or generic, zero-copy or copy, and what else was granted. */
    String mode() {
        return mode;
    }

    @Override
    public void close() {
        closeFd(linkFd);
        closeFd(programFd);
        closeFd(mapFd);
        socket.close();
    }

    private void closeFd(final int fd) {
        if (fd >= 0) {
            libc.close(fd);
        }
    }
}
