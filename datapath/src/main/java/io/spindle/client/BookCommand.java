package io.spindle.client;

import io.spindle.net.Ports;
import io.spindle.oms.Ascii;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** {@code client book}: follows the feed as a firm would and shows one book. */
@Command(
        name = "book",
        description = "Builds a book from the market-data feed and shows it as it changes.",
        mixinStandardHelpOptions = true)
final class BookCommand implements Callable<Integer> {
    private static final long POLL_NS = 200_000;
    private static final long PATIENCE_NS = 10_000_000_000L;
    private static final long SHOW_INTERVAL_NS = 500_000_000L;
    private static final int DECIMALS = 4;

    @Parameters(index = "0", paramLabel = "SYMBOL")
    private String symbol;

    @Option(
            names = "--levels",
            paramLabel = "N",
            defaultValue = "10",
            description = "Levels of each side (default: ${DEFAULT-VALUE}).")
    private int levels;

    @Option(
            names = "--follow",
            description = "Go on until Ctrl-C (default: show the book once and end).")
    private boolean follow;

    @Option(
            names = "--host",
            paramLabel = "HOST",
            defaultValue = "127.0.0.1",
            description = "Where the appliance is (default: ${DEFAULT-VALUE}).")
    private String host;

    @Option(
            names = "--port-base",
            paramLabel = "N",
            defaultValue = "" + Ports.DEFAULT_BASE,
            description = "Its first UDP port, order entry (default: ${DEFAULT-VALUE}).")
    private int portBase;

    @Option(
            names = "--local",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "Our interface that the feed arrives by (default: ${DEFAULT-VALUE}).")
    private InetAddress local;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        final FeedBook book = new FeedBook();
        try (FeedWire feed = new FeedWire(host, new Ports(portBase), local, book)) {
            catchUp(feed);
            show(ladder(book));
            if (follow) {
                follow(feed, book);
            }
        }
        return 0;
    }

    /** The day so far may be long; only a silence is a failure. */
    private void catchUp(final FeedWire feed) {
        long next = 0;
        long heardNs = System.nanoTime();
        while (!feed.receiver().isCaughtUp()) {
            turn(feed);
            if (feed.receiver().nextSequence() > next) {
                next = feed.receiver().nextSequence();
                heardNs = System.nanoTime();
            }
            if (System.nanoTime() - heardNs > PATIENCE_NS) {
                throw new IllegalStateException(
                        "the feed is silent: message %,d did not come within 10 s; is the appliance"
                                        .formatted(Math.max(next, 1))
                                + " running there, and does its multicast arrive by "
                                + local.getHostAddress()
                                + "?");
            }
        }
    }

    private void follow(final FeedWire feed, final FeedBook book) {
        String shown = ladder(book);
        long shownNs = System.nanoTime();
        while (!Thread.interrupted()) {
            turn(feed);
            if (System.nanoTime() - shownNs > SHOW_INTERVAL_NS) {
                final String now = ladder(book);
                if (!now.equals(shown)) {
                    show(now);
                    shown = now;
                }
                shownNs = System.nanoTime();
            }
        }
    }

    private static void turn(final FeedWire feed) {
        if (feed.poll(System.nanoTime()) == 0) {
            LockSupport.parkNanos(POLL_NS);
        }
    }

    private void show(final String text) {
        final PrintWriter out = spec.commandLine().getOut();
        out.print(text);
        out.flush();
    }

    private String ladder(final FeedBook book) {
        final List<String> bids = side(book, 'B', "%10d  %12s");
        final List<String> asks = side(book, 'S', "%2$-12s  %1$-10d");
        final StringBuilder text = new StringBuilder();
        text.append(String.format(Locale.ROOT, "%-8s %s%n", symbol, book.session()));
        for (int level = 0; level < Math.max(bids.size(), asks.size()); level++) {
            text.append(
                    String.format(Locale.ROOT, "%24s | %s%n", at(bids, level), at(asks, level)));
        }
        return bids.isEmpty() && asks.isEmpty() ? text + "   the book is empty\n" : text.toString();
    }

    private List<String> side(final FeedBook book, final char side, final String layout) {
        final List<String> lines = new ArrayList<>();
        book.visitLevels(
                Ascii.pack(symbol),
                side,
                (price, shares, orders) -> {
                    lines.add(
                            String.format(
                                    Locale.ROOT,
                                    layout,
                                    shares,
                                    BigDecimal.valueOf(price, DECIMALS).toPlainString()));
                    return lines.size() < levels;
                });
        return lines;
    }

    private static String at(final List<String> lines, final int index) {
        return index < lines.size() ? lines.get(index) : "";
    }
}
