package io.spindle.perf.wire;

import io.spindle.affinity.CpuSet;
import io.spindle.nic.Ipv4;

import java.io.IOException;
import java.util.HexFormat;

/**
 * Logs a session in, warms the server by round trips and short floods, then lets the generator send
 * the flood that counts, from the session's own source.
 *
 * <p>Arguments: {@code echo} or {@code order}, generator, the server's hardware address, orders.
 */
final class FloodClient {
    private static final int SLICES = 4;

    /** The feed's ring, the report store and the order table have met their ends by then. */
    private static final int WARM_SLICE = 120_000;

    /** A burst that the receive ring and the server can almost take; the kernel rests after it. */
    private static final int WARM_CALL = 4_096;

    /** Orders of the floods before the one that counts. */
    static final int WARM_ORDERS = SLICES * WARM_SLICE;

    private static final int TRIPS = 60_000;

    /** First number of the flood that counts. */
    static final int COUNTED_FROM = 1 + TRIPS + WARM_ORDERS;

    /** In which the compiler catches up; shorter than a session may be silent. */
    private static final long PAUSE_MS = 900;

    private FloodClient() {}

    public static void main(final String[] args) throws Exception {
        final boolean logsIn = "order".equals(args[0]);
        final int own = Ipv4.parse(WireRig.CLIENT_ADDRESS);
        final int server = Ipv4.parse(WireRig.SERVER_ADDRESS);
        try (OrderDialogue dialogue = new OrderDialogue(own, server, WireRig.PORT)) {
            CpuSet.of(WireRig.CLIENT_CPU).applyToCallingThread();
            if (logsIn) {
                dialogue.begin();
                final WireClient client = new WireClient(dialogue);
                for (int slice = 0; slice < SLICES; slice++) {
                    client.trips(TRIPS / SLICES);
                    Thread.sleep(PAUSE_MS);
                }
            }
            for (int slice = 0; slice < SLICES; slice++) {
                flood(dialogue, args, 1 + TRIPS + slice * WARM_SLICE, WARM_SLICE, WARM_CALL);
                Thread.sleep(PAUSE_MS);
            }
            final int orders = Integer.parseInt(args[3]);
            System.out.println(flood(dialogue, args, COUNTED_FROM, orders, orders));
            Thread.sleep(PAUSE_MS);
        }
    }

    private static String flood(
            final OrderDialogue dialogue,
            final String[] args,
            final int first,
            final int count,
            final int perCall)
            throws IOException {
        return WireRig.run(
                        args[1],
                        WireRig.DEVICE,
                        args[2],
                        WireRig.CLIENT_ADDRESS,
                        WireRig.SERVER_ADDRESS,
                        Integer.toString(dialogue.port()),
                        Integer.toString(WireRig.PORT),
                        Integer.toString(WireRig.CLIENT_CPU),
                        Integer.toString(first),
                        Integer.toString(count),
                        HexFormat.of().formatHex(dialogue.order()),
                        Integer.toString(perCall))
                .strip();
    }
}
