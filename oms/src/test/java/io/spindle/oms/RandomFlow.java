package io.spindle.oms;

import io.spindle.oms.command.OrderOptionsEncoder;

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
            case 0, 1 -> market.enter(session, advance(session), side, quantity, price);
            case 2, 3 ->
                    market.enter(
                            market.order(session, advance(session), side, quantity, price),
                            options -> ask(options, price, earlier));
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

    /** One option or two, fit or not. */
    private void ask(final OrderOptionsEncoder options, final long price, final int earlier) {
        for (int i = 0; i < 1 + random.nextInt(2); i++) {
            switch (random.nextInt(9)) {
                case 0 -> options.maxFloor(1 + random.nextInt(9)).randomReserves(random.nextInt(3));
                case 1 -> options.stopPrice(price + (random.nextInt(9) - 4) * 100L);
                case 2 -> options.trail((1 + random.nextInt(5)) * 100L).trigger((byte) 'L');
                case 3 -> options.postOnly((byte) 'P');
                case 4 -> options.minQuantity(1 + random.nextInt(20));
                case 5 -> options.priceType((byte) "RPM".charAt(random.nextInt(3)));
                case 6 -> options.selfTradePrevention((byte) "NOBD".charAt(random.nextInt(4)));
                case 7 ->
                        options.linkRole((byte) "PTSO".charAt(random.nextInt(4)))
                                .linkId(random.nextBoolean() ? 0 : earlier);
                default -> options.expireAt(market.nowNs + random.nextInt(1_000_000));
            }
        }
    }

    private int advance(final int session) {
        final int number = next[session];
        next[session] += random.nextInt(50) == 0 ? 3 : 1;
        return number;
    }
}
