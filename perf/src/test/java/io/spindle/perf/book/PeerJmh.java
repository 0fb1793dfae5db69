package io.spindle.perf.book;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.util.concurrent.TimeUnit;

/** What all books can do, by client id, in a book that stays as deep as it is. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 4, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class PeerJmh {
    private static final int PRIME = 7_919;
    private static final int MIDDLE = 20_000;
    private static final int LOTS = 1_000_000_000;
    private static final int USER = 1;

    @Param({"SPINDLE", "FLOOR", "EXCHANGE_CORE", "TREE_MAP"})
    public String engine;

    @Param({"1", "100", "10000"})
    public int depth;

    private BookUnderTest book;
    private int spareId;
    private int turn;

    @Setup(Level.Iteration)
    public void fill() {
        spareId = 2 * depth + 1;
        final OrderStream prices = OrderStream.of(new long[] {0, 0, 2 * MIDDLE, 0}, 0, spareId);
        book = BookEngine.valueOf(engine).open(prices, spareId + 1);
        for (int i = 0; i < depth; i++) {
            enter(0, OrderStream.REST, 1 + i, MIDDLE - i, LOTS);
            enter(1, OrderStream.REST, 1 + depth + i, MIDDLE + 1 + i, LOTS);
        }
    }

    private void enter(
            final int side,
            final int timeInForce,
            final int id,
            final long price,
            final long lots) {
        book.apply(OrderStream.NEW, side, timeInForce, USER, id, price, lots);
    }

    private int next() {
        turn = (turn + PRIME) % depth;
        return turn;
    }

    @Benchmark
    public void restAndCancel() {
        enter(0, OrderStream.REST, spareId, MIDDLE - next(), 1);
        book.apply(OrderStream.CANCEL, 0, OrderStream.REST, USER, spareId, 0, 0);
    }

    @Benchmark
    public void takeOneLot() {
        enter(0, OrderStream.IMMEDIATE, spareId, MIDDLE + 1, 1);
    }

    @Benchmark
    public void replace() {
        final int name = next();
        book.apply(OrderStream.REPLACE, 0, OrderStream.REST, USER, 1 + name, MIDDLE - name, LOTS);
    }
}
