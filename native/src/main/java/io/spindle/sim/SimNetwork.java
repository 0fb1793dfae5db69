package io.spindle.sim;

import io.spindle.nic.NicQueue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * A switch in memory. Frames that a {@link SimQueue} flushes reach the queues whose address and
 * port they name, and every listener for multicast, when virtual time has reached their delivery.
 * The same seed, faults and calls give the same deliveries.
 *
 * <p>One thread drives the queues and the time.
 */
public final class SimNetwork {
    private static final int MILLION = 1_000_000;

    private record Flight(long dueNs, long order, byte[] frame) {}

    private final PriorityQueue<Flight> flights =
            new PriorityQueue<>(
                    Comparator.comparingLong(Flight::dueNs).thenComparingLong(Flight::order));
    private final List<SimQueue> queues = new ArrayList<>();
    private final List<Consumer<byte[]>> taps = new ArrayList<>();
    private final SplittableRandom random;
    private SimFaults faults;
    private long lost;
    private long duplicated;
    private long reordered;
    private long nowNs;
    private long lastDueNs;
    private long order;

    public SimNetwork(final long seed, final SimFaults faults) {
        random = new SplittableRandom(seed);
        this.faults = faults;
    }

    /**
     * Adds a queue that receives what is sent to the address and port.
     *
     * @param address IPv4 in host order
     */
    public NicQueue attach(final int address, final int port, final int ringFrames) {
        final SimQueue queue = new SimQueue(this, address, port, ringFrames);
        queues.add(queue);
        return queue;
    }

    /** Shows every frame that anyone flushes, before any fault befalls it. */
    public void tap(final Consumer<byte[]> listener) {
        taps.add(listener);
    }

    /** From now on frames fare like this. */
    public void faults(final SimFaults next) {
        faults = next;
    }

    /** Frames that were never delivered. */
    public long lost() {
        return lost;
    }

    /** Frames that were delivered twice. */
    public long duplicated() {
        return duplicated;
    }

    /** Frames that were held back and so overtaken. */
    public long reordered() {
        return reordered;
    }

    /** Puts a frame on the wire that no queue sent, faults included. */
    public void inject(final byte[] frame) {
        taps.forEach(tap -> tap.accept(frame));
        if (chance(faults.lossPpm())) {
            lost++;
            return;
        }
        launch(frame);
        if (chance(faults.duplicatePpm())) {
            duplicated++;
            launch(frame);
        }
    }

    private void launch(final byte[] frame) {
        final long latencyNs = random.nextLong(faults.minLatencyNs(), faults.maxLatencyNs() + 1);
        if (chance(faults.reorderPpm())) {
            reordered++;
            final long dueNs = nowNs + latencyNs + faults.reorderDelayNs();
            flights.add(new Flight(dueNs, order++, frame));
        } else {
            lastDueNs = Math.max(lastDueNs, nowNs + latencyNs);
            flights.add(new Flight(lastDueNs, order++, frame));
        }
    }

    private boolean chance(final int ppm) {
        return ppm > 0 && random.nextInt(MILLION) < ppm;
    }

    /** Virtual time, ns. */
    public long nowNs() {
        return nowNs;
    }

    /** Moves time forward; never back. */
    public void advanceTo(final long timeNs) {
        nowNs = Math.max(nowNs, timeNs);
    }

    /** When the next frame arrives, Long.MAX_VALUE when none is under way. */
    public long nextDeliveryNs() {
        return flights.isEmpty() ? Long.MAX_VALUE : flights.peek().dueNs();
    }

    /** Hands over what is due. Called by the queues before they look at their rings. */
    void deliver() {
        while (!flights.isEmpty() && flights.peek().dueNs() <= nowNs) {
            final Flight flight = flights.poll();
            for (final SimQueue queue : queues) {
                queue.offer(flight.frame(), flight.dueNs());
            }
        }
    }

    void detach(final SimQueue queue) {
        queues.remove(queue);
    }
}
