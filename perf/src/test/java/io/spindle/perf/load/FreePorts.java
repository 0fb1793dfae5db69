package io.spindle.perf.load;

import io.spindle.net.Ports;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Ports of an appliance beside whatever else runs on the machine. */
public final class FreePorts {
    /** Below what the kernel gives out by itself. */
    private static final int FIRST = 20_000;

    private static final int SPAN = 30;
    private static final int PLACES = 360;

    private FreePorts() {}

    /** A {@code --port-base}; the UDP ports above it have been asked for, and given, one by one. */
    public static int base() throws IOException {
        final long start = ProcessHandle.current().pid();
        for (int i = 0; i < PLACES; i++) {
            final int base = FIRST + (int) ((start + i) % PLACES) * SPAN;
            if (isFree(base)) {
                return base;
            }
        }
        throw new IOException("no " + SPAN + " free UDP ports in a row from " + FIRST + " on");
    }

    private static boolean isFree(final int base) throws IOException {
        for (int port = base; port <= new Ports(base).standbyLink(); port++) {
            try (DatagramSocket probe = new DatagramSocket(null)) {
                probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            } catch (final BindException taken) {
                return false;
            }
        }
        return true;
    }

    /** A TCP port. */
    public static int api() throws IOException {
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return any.getLocalPort();
        }
    }
}
