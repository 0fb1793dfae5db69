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

    /** Above those, and below what the kernel gives out as well. */
    private static final int FIRST_API = FIRST + SPAN * PLACES;

    private static final int API_PLACES = 1_900;

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

    /** A TCP port that was asked for, and given; the kernel gives it to nobody by itself. */
    public static int api() throws IOException {
        final long start = ProcessHandle.current().pid();
        for (int i = 0; i < API_PLACES; i++) {
            final int port = FIRST_API + (int) ((start + i) % API_PLACES);
            try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return probe.getLocalPort();
            } catch (final BindException taken) {
                continue;
            }
        }
        throw new IOException("no free TCP port from " + FIRST_API + " on");
    }
}
