package io.spindle.nic;

import io.spindle.bpf.ArrivalClock;
import io.spindle.bpf.Bpf;
import io.spindle.bpf.KernelTypes;
import io.spindle.bpf.PortFilter;
import io.spindle.sys.Errno;
import io.spindle.sys.Libc;
import io.spindle.sys.SystemCallException;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Bound AF_XDP sockets, one for each hardware queue, and the program that feeds them. Everything
 * the kernel holds for it hangs on descriptors of this process, so that even kill -9 leaves a clean
 * interface.
 */
@Cold
final class XdpAttachment implements AutoCloseable {
    private static final int MAX_QUEUES = 64;
    private static final long LAST_OWNER_PATIENCE_NS = TimeUnit.SECONDS.toNanos(3);
    private static final long LAST_OWNER_PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(5);

    private final Libc libc = new Libc();
    private final Bpf bpf = new Bpf();
    private final int interfaceIndex;
    private final List<XdpSocket> sockets = new ArrayList<>();
    private final int firstQueue;
    private int mapFd = -1;
    private int programFd = -1;
    private int linkFd = -1;
    private String mode = "";
    private String stampClock = "none";

    /**
     * @param cardStamps whether the card stamps what it receives, so that its driver is asked
     */
    XdpAttachment(
            final int interfaceIndex,
            final int queues,
            final NicConfig config,
            final boolean cardStamps) {
        this.interfaceIndex = interfaceIndex;
        this.firstQueue = config.queue();
        try {
            for (int i = 0; i < queues; i++) {
                sockets.add(new XdpSocket(config.ringFrames()));
            }
            mapFd = bpf.createSocketMap(MAX_QUEUES);
            if (!config.timestamps()) {
                install(config, new ArrivalClock.None(), 0);
            } else if (!cardStamps || !installCardStamps(config)) {
                install(config, new ArrivalClock.Monotonic(), 0);
                stampClock = "monotonic";
            }
            for (int i = 0; i < queues; i++) {
                final String granted = bind(sockets.get(i), firstQueue + i, config);
                mode += i == 0 ? granted : "";
            }
            mode += queues > 1 ? ", " + queues + " queues" : "";
        } catch (final RuntimeException failure) {
            close();
            throw failure;
        }
    }

    private void install(final NicConfig config, final ArrivalClock clock, final int boundTo) {
        final PortFilter filter =
                new PortFilter(config.port(), config.address(), config.vlan(), clock);
        programFd = bpf.load(filter.assemble(mapFd), boundTo);
        attach(config.attach());
    }

    /** Only a program in the driver, bound to its interface, may ask it: Linux 6.3 and later. */
    private boolean installCardStamps(final NicConfig config) {
        final OptionalInt function =
                KernelTypes.function(KernelTypes.RUNNING_KERNEL, ArrivalClock.Card.FUNCTION);
        if (function.isEmpty()) {
            return false;
        }
        try {
            install(config, new ArrivalClock.Card(function.getAsInt()), interfaceIndex);
            stampClock = "hardware";
            return true;
        } catch (final SystemCallException refused) {
            closeFd(programFd);
            return false;
        }
    }

    /** Returns what the kernel granted. */
    private String bind(final XdpSocket socket, final int queue, final NicConfig config) {
        final boolean busyPoll =
                config.busyPollMicros() > 0 && socket.preferBusyPoll(config.busyPollMicros());
        socket.bind(interfaceIndex, queue);
        return (socket.zeroCopy() ? ", zero-copy" : ", copy")
                + ", need-wakeup"
                + (socket.umem().huge() ? ", huge pages" : "")
                + (busyPoll ? ", busy poll" : "");
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

    /** Lets frames through to the sockets, once they have buffers to receive them into. */
    void openGate() {
        for (int i = 0; i < sockets.size(); i++) {
            bpf.putSocket(mapFd, firstQueue + i, sockets.get(i).fd());
        }
    }

    /** What each queue works on, in order. */
    List<XdpMemory> memories() {
        return sockets.stream().map(XdpSocket::memory).toList();
    }

    /** native or generic, zero-copy or copy, and what else was granted. */
    String mode() {
        return mode;
    }

    /** Clock of the receive stamps, as {@link NicInfo} names it. */
    String stampClock() {
        return stampClock;
    }

    @Override
    public void close() {
        closeFd(linkFd);
        closeFd(programFd);
        closeFd(mapFd);
        sockets.forEach(XdpSocket::close);
    }

    private void closeFd(final int fd) {
        if (fd >= 0) {
            libc.close(fd);
        }
    }
}
