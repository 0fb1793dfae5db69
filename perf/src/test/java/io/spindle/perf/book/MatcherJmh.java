package io.spindle.perf.book;

import io.spindle.matcher.OrderTerms;

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

/** Each operation of the matcher in a book that stays as deep as it is. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 4, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class MatcherJmh {
    private static final int PRIME = 7_919;

    @Param({"1", "100", "10000"})
    public int depth;

    private OperationBook book;
    private int turn;

    @Setup(Level.Iteration)
    public void fill() {
        book = new OperationBook(depth);
    }

    private int next() {
        turn = (turn + PRIME) % depth;
        return turn;
    }

    @Benchmark
    public long nothing() {
        return next();
    }

    @Benchmark
    public long restAndCancel() {
        book.enter(book.spareName, OrderTerms.BUY, OperationBook.MIDDLE - next(), 1);
        book.matcher.cancel(book.spareName, 'U');
        return book.consumed;
    }

    @Benchmark
    public long takeOneLot() {
        book.plain(book.spareName, OrderTerms.BUY, OperationBook.MIDDLE + 1, 1);
        book.terms.timeInForce = OrderTerms.IMMEDIATE_OR_CANCEL;
        book.enter();
        return book.consumed;
    }

    @Benchmark
    public long takeTheBestOrderAndRestIt() {
        book.plain(book.spareName, OrderTerms.BUY, OperationBook.MIDDLE + 1, OperationBook.LOTS);
        book.terms.timeInForce = OrderTerms.IMMEDIATE_OR_CANCEL;
        book.enter();
        book.enter(depth, OrderTerms.SELL, OperationBook.MIDDLE + 1, OperationBook.LOTS);
        return book.consumed;
    }

    @Benchmark
    public long replace() {
        final int name = next();
        book.plain(name, OrderTerms.BUY, OperationBook.MIDDLE - name, OperationBook.LOTS);
        if (book.matcher.admitReplace(book.terms) == 0) {
            book.matcher.replace(book.terms);
        }
        return book.consumed;
    }

    @Benchmark
    public long reduce() {
        final int name = next();
        book.matcher.reduce(name, book.matcher.lots(name) - 1, 'U');
        return book.consumed;
    }

    @Benchmark
    public long fillOrKillOneLot() {
        book.plain(book.spareName, OrderTerms.BUY, OperationBook.MIDDLE + 1, 1);
        book.terms.timeInForce = OrderTerms.FILL_OR_KILL;
        book.enter();
        return book.consumed;
    }

    @Benchmark
    public long restHiddenAndCancel() {
        return instructed(OrderTerms.HIDDEN);
    }

    @Benchmark
    public long restPostOnlyAndCancel() {
        return instructed(OrderTerms.POST_ONLY);
    }

    @Benchmark
    public long restIcebergAndCancel() {
        book.terms.peakLots = 1;
        return instructed(OrderTerms.ICEBERG);
    }

    @Benchmark
    public long armStopAndCancel() {
        book.terms.triggerTicks = OperationBook.MIDDLE + 10L;
        return instructed(OrderTerms.STOP);
    }

    @Benchmark
    public long pegAndCancel() {
        book.terms.pegTo = OrderTerms.PEG_PRIMARY;
        return instructed(OrderTerms.PEGGED);
    }

    private long instructed(final int instructions) {
        book.plain(book.spareName, OrderTerms.BUY, OperationBook.MIDDLE - next(), 3);
        book.terms.instructions = instructions;
        book.enter();
        book.matcher.cancel(book.spareName, 'U');
        return book.consumed;
    }
}
