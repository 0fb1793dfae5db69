package io.spindle.perf.engine;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.util.concurrent.TimeUnit;

/**
 * What the engine does for an order, with everything configured that can refuse it, each from log
 * record to last event. What thousands of members and full books add is {@code bench engine}.
 */
@State(Scope.Thread)
@BenchmarkMode({Mode.AverageTime, Mode.SampleTime})
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 4, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class EngineJmh {
    private LimitedMarket market;

    @Setup
    public void open() {
        market = new LimitedMarket();
    }

    /** A whole order: decoded, checked, reserved for, matched and told; every second one trades. */
    @Benchmark
    public long submitOrder() {
        market.submit();
        return market.fills();
    }

    /** An order that the last of all checks refuses: they all ran, and nothing came after them. */
    @Benchmark
    public long checkRisk() {
        market.submitRefused();
        return market.refusals();
    }

    /**
     * A venue's fill: order, leg, reservation, cash, holdings, position and margin of both sides,
     * without a check or a book.
     */
    @Benchmark
    public long updateState() {
        market.fillAway();
        return market.fills();
    }
}
