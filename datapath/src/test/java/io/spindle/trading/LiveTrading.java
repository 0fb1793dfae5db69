package io.spindle.trading;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.log.AckLevel;
import io.spindle.log.DataFolder;
import io.spindle.log.SmallTables;
import io.spindle.net.Ports;
import io.spindle.nic.Ipv4;

import org.agrona.IoUtil;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/** A trading process on a kernel socket, in a thread of this JVM; may be stopped and started. */
public final class LiveTrading implements AutoCloseable {
    /** No build machine is too slow for an order of a test. */
    private static final long NEVER_NS = Long.MAX_VALUE;

    private static final String LOOPBACK = "127.0.0.1";

    public final List<String> lines = new CopyOnWriteArrayList<>();
    public final DataFolder folder;
    public final Ports ports;
    private Thread thread;
    private AtomicBoolean running;

    public LiveTrading(final Path path) throws IOException {
        folder = SmallTables.in(new DataFolder(path));
        ports = freePorts();
    }

    private static Ports freePorts() throws IOException {
        for (int base = 31_000 + (int) (ProcessHandle.current().pid() % 997) * 30; ; base += 30) {
            try (DatagramChannel probe = DatagramChannel.open()) {
                probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), base));
                return new Ports(base);
            } catch (final IOException taken) {
                assertTrue(base < 64_000, "no free port");
            }
        }
    }

    TradingConfig config(final String address, final Bootstrap bootstrap) {
        return new TradingConfig(
                folder,
                ports,
                "socket",
                Ipv4.parse(address),
                "",
                bootstrap,
                0,
                NEVER_NS,
                true,
                Optional.of(folder.path().resolve("frames.pcapng")),
                Optional.of(folder.path().resolve("attested")),
                AckLevel.RING,
                false,
                Duration.ofMillis(50));
    }

    /** Starts, or recovers what a stop left. */
    public void startSample() throws InterruptedException {
        start(new Bootstrap.Sample());
    }

    public boolean isAlive() {
        return thread != null && thread.isAlive();
    }

    void start(final Bootstrap bootstrap) throws InterruptedException {
        running = new AtomicBoolean(true);
        final AtomicBoolean open = new AtomicBoolean();
        thread =
                new Thread(
                        () -> {
                            try (TradingProcess process =
                                    new TradingProcess(config(LOOPBACK, bootstrap), lines::add)) {
                                process.start();
                                open.set(true);
                                process.run(running);
                            } catch (final IOException e) {
                                lines.add("failed: " + e);
                            }
                        });
        thread.start();
        while (!open.get() && thread.isAlive()) {
            Thread.sleep(5);
        }
        assertTrue(open.get(), lines::toString);
    }

    public void stop() throws InterruptedException {
        if (thread != null) {
            running.set(false);
            thread.join();
            thread = null;
        }
    }

    @Override
    public void close() {
        try {
            stop();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        IoUtil.delete(folder.sharedMemory().toFile(), true);
    }
}
