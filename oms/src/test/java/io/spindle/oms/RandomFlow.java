package io.spindle.oms;

import java.util.Random;

/** A seeded stream of order commands that trade, rest, change, cancel and go wrong. */
final class RandomFlow {
    private static final int SESSIONS = 8;

    private final Market market;
    private final Random random;
    private final int[] next = new int[SESSIONS];

    RandomFlow(final Market market, final long seed) {
        this.market = market;
        this.random = new Random(seed);
        java.util.Arrays.fill(next, 1);
    }

    void run(final int commands) {
        for (int i = 0; i < commands; i++) {
            step();
        }
        market.events.take();
    }

    private void step() {
        final int session = random.nextInt(SESSIONS);
        final int number = next[session];
        final char side = random.nextBoolean() ? 'B' : 'S';
        final long price = (990 + random.nextInt(20)) * 100L;
        final long quantity = random.nextInt(40) - 1L;
        final int earlier = Math.max(1, number - 1 - random.nextInt(20));
        switch (random.nextInt(10)) {
            case 0, 1, 2, 3 -> market.enter(session, advance(session), side, quantity, price);
            case 4 ->
                    market.enter(
                            market.order(session, advance(session), side, quantity, price)
                                    .timeInForce((byte) '3'));
            case 5, 6 -> market.cancel(session, earlier, random.nextInt(3) * 10L);
            case 7, 8 -> market.replace(session, earlier, advance(session), quantity + 1, price);
            default -> market.modify(session, earlier, side, quantity);
        }
        market.events.take();
    }

    private int advance(final int session) {
        final int number = next[session];
        next[session] += random.nextInt(50) == 0 ? 3 : 1;
        return number;
    }
}
