package io.spindle.perf.book;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;

/** {@code bench book STREAM}: nanoseconds per command of a bare order book, and its totals. */
@Command(
        name = "book",
        mixinStandardHelpOptions = true,
        description = "Plays a recorded order stream through a bare order book.")
public final class BookBench implements Callable<Integer> {
    private static final int SPARE_ORDERS = 1 << 16;

    @Parameters(paramLabel = "STREAM", description = "Order stream file.")
    private Path file;

    @Option(
            names = "--engine",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private BookEngine engine = BookEngine.SPINDLE;

    @Option(names = "--runs", description = "Timed runs, of which the median counts.")
    private int runs = 5;

    @Option(names = "--warmups", description = "Runs before them.")
    private int warmups = 5;

    @Option(
            names = "--thread-time",
            description =
                    "Count only the time in which this thread ran: for a machine that is shared.")
    private boolean threadTime;

    @Option(names = "--latency", description = "Also time every single command.")
    private boolean latency;

    @Override
    public Integer call() throws Exception {
        final OrderStream stream = OrderStream.read(file);
        final double[] nsPerCommand = new double[runs];
        BookTotals totals = null;
        for (int run = -warmups; run < runs; run++) {
            final BookUnderTest book = engine.open(stream, maxOrders(stream));
            stream.play(book, 0, stream.prefill());
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
        System.out.printf("ns_per_cmd=%.1f %s", nsPerCommand[runs / 2], totals);
        System.out.println(latency ? " " + latencies(stream) : "");
        return 0;
    }

    private long now() {
        return threadTime
                ? ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime()
                : System.nanoTime();
    }

    private LatencyTally latencies(final OrderStream stream) {
        final LatencyTally tally = new LatencyTally();
        final BookUnderTest book = engine.open(stream, maxOrders(stream));
        stream.play(book, 0, stream.prefill());
        stream.play(book, stream.prefill(), stream.count(), tally);
        return tally;
    }

    private static int maxOrders(final OrderStream stream) {
        return Math.min(stream.maxOrderId() + 1, stream.prefill() * 2 + SPARE_ORDERS);
    }
}
