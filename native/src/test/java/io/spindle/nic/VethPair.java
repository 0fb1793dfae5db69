package io.spindle.nic;

import io.spindle.sys.NetNamespace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Two network namespaces joined by a veth pair, the medium of the bypass backends' tests:
 *
 * <pre>
 *   near: sp0 10.99.0.1/24 ═══ veth ═══ sp0 10.99.0.2/24 :far
 * </pre>
 */
final class VethPair implements AutoCloseable {
    static final String DEVICE = "sp0";
    static final String NEAR = "10.99.0.1";
    static final String FAR = "10.99.0.2";

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static String missing;

    private final String near;
    private final String far;

    VethPair() throws IOException {
        this(1);
    }

    /**
     * @param queues receive and transmit queues of both ends
     */
    VethPair(final int queues) throws IOException {
        final String counts = " numrxqueues " + queues + " numtxqueues " + queues;
        final String prefix = "sp" + ProcessHandle.current().pid() + "x" + NUMBER.getAndIncrement();
        near = prefix + "n";
        far = prefix + "f";
        ip("netns add " + near);
        ip("netns add " + far);
        ip(
                "-n "
                        + near
                        + " link add "
                        + DEVICE
                        + counts
                        + " type veth peer name "
                        + DEVICE
                        + counts
                        + " netns "
                        + far);
        raise(near, NEAR);
        raise(far, FAR);
    }

    private static void raise(final String namespace, final String address) throws IOException {
        ip("-n " + namespace + " addr add " + address + "/24 dev " + DEVICE);
        ip("-n " + namespace + " link set lo up");
        ip("-n " + namespace + " link set " + DEVICE + " up");
    }

    /** Why no pair can be made here, or null when one can; found out once. */
    static synchronized String missing() {
        if (missing == null) {
            try {
                new VethPair().close();
                missing = "";
            } catch (final IOException failure) {
                missing = failure.getMessage();
                System.out.println("veth tests skipped, they need root and iproute2: " + missing);
            }
        }
        return missing.isEmpty() ? null : missing;
    }

    <T> T near(final Callable<T> code) throws IOException {
        return in(near, code);
    }

    <T> T far(final Callable<T> code) throws IOException {
        return in(far, code);
    }

    private static <T> T in(final String namespace, final Callable<T> code) throws IOException {
        try {
            return NetNamespace.call(namespace, code);
        } catch (final IOException | RuntimeException failure) {
            throw failure;
        } catch (final Exception failure) {
            throw new IOException(failure);
        }
    }

    String nearName() {
        return near;
    }

    String farName() {
        return far;
    }

    /** Unplugs the cable: both ends vanish. */
    void delete() throws IOException {
        ip("-n " + far + " link del " + DEVICE);
    }

    static String ip(final String arguments) throws IOException {
        return run("ip " + arguments);
    }

    static String run(final String command) throws IOException {
        final Process process =
                new ProcessBuilder(command.split(" ")).redirectErrorStream(true).start();
        final String output = new String(process.getInputStream().readAllBytes());
        try {
            if (process.waitFor() != 0) {
                throw new IOException(command + ": " + output.strip());
            }
        } catch (final InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(command, interrupted);
        }
        return output;
    }

    @Override
    public void close() throws IOException {
        for (final String namespace : new String[] {near, far}) {
            if (Files.exists(Path.of("/run/netns", namespace))) {
                ip("netns del " + namespace);
            }
        }
    }
}
