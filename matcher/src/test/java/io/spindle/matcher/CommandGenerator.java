package io.spindle.matcher;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Seeded scripts. Names, books and prices come from small ranges, so that orders meet; nothing here
 * knows what rests, so that any part of a script is a script.
 */
final class CommandGenerator {
    static final int BOOKS = 3;
    static final long[] MAX_PRICES = {100, 70_000, 1_500_000_000L};

    private static final int GROUPS = 4;
    private static final int SPREAD = 20;

    private final SplittableRandom random;
    private final int names;
    private final boolean plainOnly;

    CommandGenerator(final long seed, final int names, final boolean plainOnly) {
        this.random = new SplittableRandom(seed);
        this.names = names;
        this.plainOnly = plainOnly;
    }

    List<Command> script(final int length) {
        final List<Command> script = new ArrayList<>(length);
        for (int i = 0; i < length; i++) {
            script.add(next());
        }
        return script;
    }

    private Command next() {
        final Command.Op op = op();
        final OrderTerms terms = terms();
        return new Command(
                op,
                terms,
                oneIn(2) ? TradingState.CONTINUOUS : random.nextInt(TradingState.UNCROSSING),
                oneIn(3) ? 1 + random.nextInt(3) : 300,
                op == Command.Op.RULES ? rules(MAX_PRICES[terms.book]) : null);
    }

    private Command.Op op() {
        final int draw = random.nextInt(1000);
        if (draw < 690) {
            return Command.Op.ENTER;
        } else if (draw < 820) {
            return Command.Op.CANCEL;
        } else if (draw < 880) {
            return Command.Op.REDUCE;
        } else if (draw < 950 || plainOnly) {
            return Command.Op.REPLACE;
        }
        return draw < 970 ? Command.Op.STATE : draw < 997 ? Command.Op.UNCROSS : Command.Op.RULES;
    }

    private OrderTerms terms() {
        final OrderTerms terms = new OrderTerms();
        terms.book = random.nextInt(BOOKS);
        terms.order = random.nextInt(names);
        terms.side = random.nextInt(2);
        terms.timeInForce = oneIn(5) ? random.nextInt(plainOnly ? 2 : 5) : OrderTerms.REST;
        terms.priceTicks = price(MAX_PRICES[terms.book]);
        terms.lots = oneIn(20) ? random.nextInt(400) : 1 + random.nextInt(20);
        if (!plainOnly) {
            terms.group = oneIn(2) ? random.nextInt(GROUPS) : 0;
            terms.selfTradeMode = random.nextInt(4);
            if (oneIn(2)) {
                instruct(terms);
            }
        }
        return terms;
    }

    private void instruct(final OrderTerms terms) {
        terms.instructions = 1 << random.nextInt(12);
        if (oneIn(3)) {
            terms.instructions |= 1 << random.nextInt(12);
        }
        if (oneIn(40)) {
            terms.instructions = random.nextInt(BookRules.ALL_INSTRUCTIONS + 1);
        }
        if ((terms.instructions & OrderTerms.TRAILING) != 0) {
            terms.instructions |= OrderTerms.STOP;
        }
        final long max = MAX_PRICES[terms.book];
        terms.minLots = 1 + random.nextInt(15);
        terms.peakLots = 1 + random.nextInt(6);
        terms.peakRangeLots = random.nextInt(3);
        terms.triggerTicks =
                (terms.instructions & OrderTerms.TRAILING) != 0 && oneIn(2) ? 0 : price(max);
        terms.triggerBy = random.nextInt(4);
        terms.trailUnit = random.nextInt(2);
        terms.trail = 1 + random.nextInt(SPREAD / 2);
        terms.pegTo = random.nextInt(3);
        terms.pegOffsetTicks = random.nextInt(7) - 4;
        terms.link = random.nextInt(names);
    }

    private BookRules rules(final long max) {
        final BookRules rules = new BookRules();
        rules.seed = random.nextLong();
        rules.referenceTicks = oneIn(3) ? 0 : max / 2;
        if (oneIn(3)) {
            rules.staticLowTicks = max / 2 - random.nextInt(SPREAD);
            rules.staticHighTicks = max / 2 + random.nextInt(SPREAD);
        }
        if (oneIn(3)) {
            rules.dynamicTicks = random.nextInt(SPREAD / 2);
        } else if (oneIn(3)) {
            rules.dynamicBps = random.nextInt(1000);
        }
        if (oneIn(3)) {
            rules.tickBands = 2;
            rules.tickFrom[0] = 2;
            rules.tickStep[0] = 2;
            rules.tickFrom[1] = max / 2 / 10 * 10;
            rules.tickStep[1] = 5;
        }
        return rules;
    }

    /** Mostly near the middle, sometimes at the ends or anywhere, now and then out of range. */
    private long price(final long max) {
        final int draw = random.nextInt(50);
        return switch (draw) {
            case 0 -> random.nextInt(3);
            case 1 -> max - 1 + random.nextInt(3);
            case 2, 3, 4, 5 -> 1 + random.nextLong(max);
            default -> max / 2 - SPREAD / 2 + random.nextInt(SPREAD);
        };
    }

    private boolean oneIn(final int n) {
        return random.nextInt(n) == 0;
    }
}
