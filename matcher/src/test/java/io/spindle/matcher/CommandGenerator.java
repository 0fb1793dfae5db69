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
    static final int NAMES = 160;
    static final long[] MAX_PRICES = {100, 70_000, 1_500_000_000L};

    private final SplittableRandom random;

    CommandGenerator(final long seed) {
        this.random = new SplittableRandom(seed);
    }

    List<Command> script(final int length) {
        final List<Command> script = new ArrayList<>(length);
        for (int i = 0; i < length; i++) {
            script.add(next());
        }
        return script;
    }

    private Command next() {
        final int book = random.nextInt(BOOKS);
        return new Command(
                op(),
                random.nextInt(NAMES),
                book,
                random.nextInt(2),
                random.nextInt(5) == 0 ? OrderTerms.IMMEDIATE_OR_CANCEL : OrderTerms.REST,
                price(MAX_PRICES[book]),
                random.nextInt(20) == 0 ? random.nextInt(400) : 1 + random.nextInt(20));
    }

    private Command.Op op() {
        final int draw = random.nextInt(100);
        if (draw < 70) {
            return Command.Op.ENTER;
        }
        return draw < 85 ? Command.Op.CANCEL : draw < 92 ? Command.Op.REDUCE : Command.Op.REPLACE;
    }

    /** Mostly near the middle, sometimes at the ends or anywhere, now and then out of range. */
    private long price(final long max) {
        final int draw = random.nextInt(50);
        return switch (draw) {
            case 0 -> random.nextInt(3);
            case 1 -> max - 1 + random.nextInt(3);
            case 2, 3, 4, 5 -> 1 + random.nextLong(max);
            default -> max / 2 - 10 + random.nextInt(20);
        };
    }
}
