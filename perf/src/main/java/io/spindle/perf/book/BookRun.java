package io.spindle.perf.book;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/** One engine over one stream in a JVM of its own: prints the line that {@link BookBench} reads. */
public final class BookRun {
    private static final int SPARE_ORDERS = 1 << 16;
    private static final long SETTLE_NS = 50_000_000;

    private final OrderStream stream;
    private final BookEngine engine;
    private final int warmups;
    private final int runs;
    private final boolean threadTime;

    private BookRun(
            final OrderStream stream,
            final BookEngine engine,
            final int warmups,
            final int runs,
            final boolean threadTime) {
        this.stream = stream;
        this.engine = engine;
        this.warmups = warmups;
        this.runs = runs;
        this.threadTime = threadTime;
    }

    /** Arguments: stream file, engine, warm-ups, runs, thread time or not, latency or not. */
    public static void main(final String[] arguments) throws IOException {
        final BookRun run =
                new BookRun(
                        OrderStream.read(Path.of(arguments[0])),
                        BookEngine.valueOf(arguments[1]),
                        Integer.parseInt(arguments[2]),
                        Integer.parseInt(arguments[3]),
                        Boolean.parseBoolean(arguments[4]));
        System.out.print(run.throughput());
        System.out.println(Boolean.parseBoolean(arguments[5]) ? " " + run.latencies() : "");
    }

    private String throughput() {
        final double[] nsPerCommand = new double[runs];
        BookTotals totals = null;
        for (int run = -warmups; run < runs; run++) {
            final BookUnderTest book = prefilled();
            final BookTotals start = book.totals();
            final long began = now();
            stream.play(book, stream.prefill(), stream.count());
            final long ns = now() - began;
            totals = book.totals().since(start);
            if (run >= 0) {
                nsPerCommand[run] = (double) ns / (stream.count() - stream.prefill());
            }
        }
        Arrays.sort(nsPerCommand);
        return "ns_per_cmd=%.1f %s".formatted(nsPerCommand[runs / 2], totals);
    }

    private BookUnderTest prefilled() {
        final int maxOrders =
                Math.min(stream.maxOrderId() + 1, stream.prefill() * 2 + SPARE_ORDERS);
        final BookUnderTest book = engine.open(stream, maxOrders);
        stream.play(book, 0, stream.prefill());
        return book;
    }

    private long now() {
        return threadTime
                ? ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime()
                : System.nanoTime();
    }

    /**
     * Warmed up like the throughput, since commands are timed one by one in a loop of its own. What
     * earlier runs left is collected and its memory given back before the clock starts: on one core
     * the threads that do it would stand in the way of commands.
     */
    private LatencyTally latencies() {
        LatencyTally tally = new LatencyTally();
        for (int run = -warmups; run < runs; run++) {
            if (run == 0) {
                tally = new LatencyTally();
            }
            final BookUnderTest book = prefilled();
            System.gc();
            LockSupport.parkNanos(SETTLE_NS);
            stream.play(book, stream.prefill(), stream.count(), tally);
        }
        return tally;
    }
}
