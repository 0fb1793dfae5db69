package io.spindle.perf.book;

import io.spindle.matcher.BookRules;
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

/** What a plain limit order pays for the orders and rules that share its book. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 4, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class PlainPathJmh {
    private static final int DEPTH = 100;

    @Param({"nothing", "hidden", "iceberg", "group", "dormant", "stop", "trailing", "peg", "rules"})
    public String beside;

    private OperationBook book;
    private int turn;

    @Setup(Level.Iteration)
    public void fill() {
        book = new OperationBook(DEPTH);
        final OrderTerms terms = book.terms;
        book.plain(book.spareName + 1, OrderTerms.SELL, OperationBook.MIDDLE + 50, 100);
        switch (beside) {
            case "hidden" -> terms.instructions = OrderTerms.HIDDEN;
            case "iceberg" -> {
                terms.instructions = OrderTerms.ICEBERG;
                terms.peakLots = 1;
            }
            case "group" -> terms.group = 1;
            case "dormant" -> terms.instructions = OrderTerms.DORMANT;
            case "stop", "trailing" -> {
                terms.instructions = OrderTerms.STOP;
                terms.triggerTicks = 1;
                if (beside.equals("trailing")) {
                    terms.instructions |= OrderTerms.TRAILING;
                    terms.trail = OperationBook.MIDDLE - 1;
                }
            }
            case "peg" -> terms.instructions = OrderTerms.PEGGED;
            case "rules" -> {
                final BookRules rules = new BookRules();
                rules.dynamicTicks = OperationBook.MIDDLE;
                rules.referenceTicks = OperationBook.MIDDLE;
                book.matcher.rules(0, rules);
            }
            default -> terms.lots = 1;
        }
        book.enter();
        terms.group = 0;
    }

    @Benchmark
    public long restAndCancel() {
        turn = (turn + 7) % DEPTH;
        book.enter(book.spareName, OrderTerms.BUY, OperationBook.MIDDLE - turn, 1);
        book.matcher.cancel(book.spareName, 'U');
        return book.consumed;
    }
}
