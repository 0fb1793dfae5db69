package io.spindle.perf.demo;

import io.spindle.oms.SampleMarket;
import io.spindle.perf.Progress;
import io.spindle.perf.flow.FlowModel;
import io.spindle.perf.flow.OrderFlow;
import io.spindle.perf.member.FlowPlayer;
import io.spindle.perf.member.Member;
import io.spindle.perf.member.Tally;

import org.HdrHistogram.Histogram;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A market played into an appliance from its opening to the last answer, and then looked at. */
public final class DemoMarket {
    /** Beside the two of the sample market; defined through the management API. */
    private static final List<String> MORE_SYMBOLS = List.of("WEFT", "WARP");

    private static final String INSTRUMENT =
            """
            {"symbol":"%s","currency":"USD","priceDecimals":4,"lotExponent":0,"tickSize":"0.0100",\
            "lotSize":"1","minQuantity":"1","maxQuantity":"1000000","maxPrice":"199999.9900"}""";

    private static final long TICK_SIZE = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final Appliance appliance;
    private final PrintWriter out;
    private final List<String> symbols = new ArrayList<>(SampleMarket.SYMBOLS);
    private final List<Member> members = new ArrayList<>();
    private final Tally tally = new Tally();
    private final Findings findings = new Findings();

    public DemoMarket(final Appliance appliance, final PrintWriter out) {
        this.appliance = appliance;
        this.out = out;
    }

    /** Plays the market; the faults it returns were printed. */
    public List<String> run(final long messages, final long seed)
            throws IOException, InterruptedException {
        for (final String symbol : MORE_SYMBOLS) {
            appliance.rest().post("/v1/instruments", INSTRUMENT.formatted(symbol));
            symbols.add(symbol);
        }
        final FlowModel model = FlowModel.lively(seed, symbols.size());
        try {
            connect(model.sessions());
            play(new OrderFlow(model), messages);
            final DigestCheck.Digests digests =
                    new DigestCheck(appliance.folder()).compare(PATIENCE);
            final BookCheck books = new BookCheck(appliance.rest(), members);
            books.check(symbols, findings, PATIENCE);
            if (!digests.areEqual()) {
                findings.fault("the replica's events are not those of the trading process");
            }
            print(books.tops(), digests);
        } finally {
            for (final Member member : members) {
                member.close();
            }
        }
        return findings.faults();
    }

    private void connect(final int count) throws IOException {
        for (int number = 0; number < count; number++) {
            members.add(
                    new Member(
                            SampleMarket.session(number),
                            SampleMarket.PASSWORD,
                            appliance.orderEntry(),
                            tally));
        }
    }

    private void play(final OrderFlow flow, final long messages) {
        final FlowPlayer player = new FlowPlayer(members, symbols, TICK_SIZE);
        player.login(PATIENCE);
        try (Progress progress = new Progress(out, "market", messages)) {
            player.play(flow, messages, progress::reached);
        }
        if (!player.settle(PATIENCE)) {
            members.stream()
                    .filter(member -> !member.isSettled())
                    .forEach(
                            member ->
                                    findings.fault(
                                            member.username()
                                                    + ": "
                                                    + member.unanswered()
                                                    + " messages without an answer"));
        }
        members.forEach(member -> member.logoff(System.nanoTime()));
    }

    private void print(final List<String> tops, final DigestCheck.Digests digests) {
        final Histogram roundTripNs = tally.roundTripNs();
        out.printf("%n%-14s %,12d%n", "messages", tally.messages());
        out.printf("%-14s %,12d%n", "acks", tally.acks());
        out.printf("%-14s %,12d%n", "fills", tally.fills());
        out.printf("%-14s %,12d%n", "rejects", tally.rejects());
        out.printf("%-14s %,12d%n", "late cancels", tally.lateCancels());
        out.printf(
                "%-14s p50 %s   p99 %s   p99.9 %s   (from when each was due)%n",
                "round trip",
                micros(roundTripNs.getValueAtPercentile(50)),
                micros(roundTripNs.getValueAtPercentile(99)),
                micros(roundTripNs.getValueAtPercentile(99.9)));
        tops.forEach(top -> out.printf("%-14s %s%n", "book", top));
        out.println(digests);
        findings.faults().forEach(fault -> out.println("FAULT " + fault));
        out.flush();
    }

    private static String micros(final long ns) {
        return String.format(Locale.ROOT, "%,.1f µs", ns / 1_000.0);
    }
}
