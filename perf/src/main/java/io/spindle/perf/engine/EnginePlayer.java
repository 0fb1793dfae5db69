package io.spindle.perf.engine;

import io.spindle.oms.EngineConfig;
import io.spindle.oms.NoEvents;
import io.spindle.oms.TradingEngine;

/** The whole chain: decode, validate, check risk, reserve, match, settle, tell. */
final class EnginePlayer implements StreamPlayer {
    private static final EngineConfig CONFIG =
            new EngineConfig(1 << 20, 1_024, 16_384, 16_384, 131_072, 16_384, 1_024, 16 << 20);
    private static final long START_NS = 1_800_000_000_000_000_000L;

    private final EngineStream stream;
    private final Trades trades = new Trades();
    private final TradingEngine engine = new TradingEngine(CONFIG, trades, trades, trades);
    private final long base;

    EnginePlayer(final EngineStream stream) {
        this.stream = stream;
        engine.makeResident();
        EngineStream.writeMarket(
                (buffer, offset, length) ->
                        engine.apply(engine.sequence() + 1, START_NS, buffer, offset, length));
        this.base = engine.sequence() + 1;
    }

    @Override
    public void play(final int from, final int to) {
        for (int i = from; i < to; i++) {
            engine.apply(
                    base + stream.number(i),
                    START_NS + stream.number(i),
                    stream.records(),
                    i * EngineStream.SLOT_LENGTH,
                    stream.lengths[i]);
        }
    }

    @Override
    public long tradedLots() {
        return trades.lots;
    }

    private static final class Trades extends NoEvents {
        private long lots;

        @Override
        public void onExecuted(
                final int order,
                final long quantity,
                final long price,
                final boolean maker,
                final long matchNumber) {
            lots += maker ? quantity : 0;
        }
    }
}
