package io.spindle.oms.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.oms.Ascii;
import io.spindle.oms.CheckState;
import io.spindle.oms.EngineConfig;
import io.spindle.oms.NoEvents;
import io.spindle.oms.OrderCheck;
import io.spindle.oms.SampleMarket;
import io.spindle.oms.TradingEngine;
import io.spindle.oms.command.EnterOrderEncoder;
import io.spindle.oms.command.MessageHeaderEncoder;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The examples of docs/oms/examples.md, compiled and run: the page shows this very text. */
class ExamplesTest {
    private static final Path ROOT = Path.of(System.getProperty("spindle.root"));
    private static final Path PAGE = ROOT.resolve("docs/oms/examples.md");
    private static final Path SOURCE =
            ROOT.resolve("oms/src/test/java/io/spindle/oms/examples/ExamplesTest.java");

    // example: submit
    /** Encodes an order as the log would hold it, and applies it. */
    static void submit(
            final TradingEngine engine,
            final int session,
            final int number,
            final char side,
            final long lots,
            final long price) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[256]);
        final EnterOrderEncoder order = new EnterOrderEncoder();
        order.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .session(session) // numbered as defined: TEST00 is 0
                .userRefIdx((short) 0)
                .userRefNum(number) // 1, 2, 3, … for each session
                .side((byte) side)
                .symbol(Ascii.pack("SPDL"))
                .quantity(lots)
                .price(price) // four decimals implied: 10.0000 is 100000
                .clOrdIdHigh(Ascii.pack("EXAMPLE"))
                .clOrdIdLow(Ascii.BLANK)
                .timeInForce((byte) '0') // a day order
                .display((byte) 'Y')
                .capacity((byte) 'A')
                .interMarketSweep((byte) 'N')
                .crossType((byte) 'N')
                .putOptions(new byte[0], 0, 0);
        final int length = MessageHeaderEncoder.ENCODED_LENGTH + order.encodedLength();
        engine.apply(engine.sequence() + 1, engine.timeNs() + 1, buffer, 0, length);
    }

    // end

    // example: listen
    /** Keeps a line for every fill, and for every order that was refused. */
    static final class Blotter extends NoEvents {
        final List<String> lines = new ArrayList<>();

        @Override
        public void onExecuted(
                final int order,
                final long quantity,
                final long price,
                final boolean maker,
                final long matchNumber) {
            lines.add((maker ? "made " : "took ") + quantity + " at " + price);
        }

        @Override
        public void onRejected(
                final int session,
                final int userRefIdx,
                final int userRefNum,
                final int reason,
                final long clOrdIdHigh,
                final long clOrdIdLow) {
            lines.add("refused order " + userRefNum);
        }
    }

    // end

    // example: check
    /** Nobody sells more than a hundred lots at once. */
    static final class SmallSales implements OrderCheck {
        private static final long MOST = 100;

        @Override
        public String name() {
            return "small sales";
        }

        @Override
        public int longsPerAccount() {
            return 0; // it remembers nothing
        }

        @Override
        public boolean passes(
                final int instrument,
                final boolean buys,
                final long quantity,
                final long price,
                final CheckState state) {
            return buys || quantity <= MOST || state.refuse(MOST, quantity);
        }
    }

    // end

    private static TradingEngine open(final Blotter blotter, final List<OrderCheck> checks) {
        final TradingEngine engine =
                new TradingEngine(EngineConfig.small(), checks, blotter, blotter, blotter);
        SampleMarket.write(
                (buffer, offset, length) ->
                        engine.apply(engine.sequence() + 1, 1, buffer, offset, length));
        return engine;
    }

    @Test
    void shouldSubmitAndListen() {
        final Blotter blotter = new Blotter();
        final TradingEngine engine = open(blotter, List.of());
        submit(engine, 0, 1, 'B', 30, 100_000);
        submit(engine, 1, 1, 'S', 10, 100_000);
        assertEquals(List.of("made 10 at 100000", "took 10 at 100000"), blotter.lines);
    }

    @Test
    void shouldRunACheckOfOnesOwn() {
        final Blotter blotter = new Blotter();
        final TradingEngine engine = open(blotter, List.of(new SmallSales()));
        submit(engine, 0, 1, 'S', 100, 100_000);
        submit(engine, 0, 2, 'S', 101, 100_000);
        submit(engine, 0, 3, 'B', 101, 90_000);
        assertEquals(List.of("refused order 2"), blotter.lines);
    }

    @Test
    void shouldMakeChecksFromConfiguration() {
        final Blotter blotter = new Blotter();
        final EngineConfig config =
                EngineConfig.small().withChecks(List.of("io.spindle.oms.TradesPerDay:1"));
        final TradingEngine engine = new TradingEngine(config, blotter, blotter, blotter);
        SampleMarket.write(
                (buffer, offset, length) ->
                        engine.apply(engine.sequence() + 1, 1, buffer, offset, length));
        submit(engine, 0, 1, 'B', 10, 100_000);
        submit(engine, 1, 1, 'S', 10, 100_000);
        submit(engine, 1, 2, 'S', 10, 100_000);
        assertEquals(
                List.of("made 10 at 100000", "took 10 at 100000", "refused order 2"),
                blotter.lines);
    }

    @Test
    void shouldBeWhatThePageShows() throws Exception {
        final String page = Files.readString(PAGE);
        final String source = Files.readString(SOURCE);
        for (final String example : List.of("submit", "listen", "check")) {
            final int from = source.indexOf("// example: " + example + "\n");
            final String text = source.substring(source.indexOf('\n', from) + 1);
            final String code = text.substring(0, text.indexOf("\n    // end"));
            final String shown = code.stripTrailing().stripIndent();
            assertTrue(page.contains("```java\n" + shown + "\n```"), example);
        }
    }
}
