package io.spindle.perf.flow;

import java.util.PriorityQueue;
import java.util.SplittableRandom;

/** The messages of a {@link FlowModel}, one after the other, without end. */
public final class OrderFlow {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final int TAKE_THROUGH_TICKS = 2;
    private static final int MAX_DEPTH_TICKS = 40;
    private static final double NEXT_TICK = 0.7;
    private static final double MORE_LOTS = 0.8;
    private static final int ROUND_LOT = 100;
    private static final int MAX_ROUND_LOTS = 50;
    private static final int ONE_IN_EIGHT = 8;

    private final FlowModel model;
    private final SplittableRandom random;
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final long[] fairTicks;
    private final int[] lastNumber;
    private long eventsMade;

    /** What will happen at a time; ties are broken by the order in which it was planned. */
    private record Event(long timeNs, long order, Cause cause, int instrument, Quote quote)
            implements Comparable<Event> {
        @Override
        public int compareTo(final Event other) {
            final int byTime = Long.compare(timeNs, other.timeNs);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    private enum Cause {
        STEP,
        QUOTE,
        TAKE,
        EXCITED_TAKE,
        EXPIRY
    }

    private record Quote(int session, int number, char side, long quantity, boolean moves) {}

    public OrderFlow(final FlowModel model) {
        this.model = model;
        this.random = new SplittableRandom(model.seed());
        this.fairTicks = new long[model.instruments()];
        this.lastNumber = new int[model.sessions()];
        for (int instrument = 0; instrument < model.instruments(); instrument++) {
            fairTicks[instrument] = model.fairTicks();
            plan(wait(model.stepsPerSecond()), Cause.STEP, instrument, null);
            plan(wait(model.quotesPerSecond()), Cause.QUOTE, instrument, null);
            plan(wait(model.takesPerSecond()), Cause.TAKE, instrument, null);
        }
    }

    /** Makes the next message. */
    public void next(final FlowMessage message) {
        boolean made = false;
        while (!made) {
            final Event event = events.poll();
            message.timeNs = event.timeNs;
            message.instrument = event.instrument;
            made = happen(event, message);
        }
    }

    private boolean happen(final Event event, final FlowMessage message) {
        final long now = event.timeNs;
        final int instrument = event.instrument;
        switch (event.cause) {
            case STEP -> {
                step(instrument);
                plan(now + wait(model.stepsPerSecond()), Cause.STEP, instrument, null);
                return false;
            }
            case QUOTE -> {
                plan(now + wait(model.quotesPerSecond()), Cause.QUOTE, instrument, null);
                quote(message);
            }
            case TAKE -> {
                plan(now + wait(model.takesPerSecond()), Cause.TAKE, instrument, null);
                take(message);
            }
            case EXCITED_TAKE -> take(message);
            case EXPIRY -> expire(event.quote, message);
        }
        return true;
    }

    private void step(final int instrument) {
        final long low = model.fairTicks() / 2;
        final long high = model.fairTicks() * 2;
        final long next = fairTicks[instrument] + (random.nextBoolean() ? 1 : -1);
        fairTicks[instrument] = Math.clamp(next, low, high);
    }

    private void quote(final FlowMessage message) {
        enter(message, random.nextInt(model.makers()), false);
        message.priceTicks = quotePrice(message.instrument, message.side);
        message.quantity = (long) ROUND_LOT * (1 + geometric(0.5, MAX_ROUND_LOTS));
        planExpiry(message, random.nextInt(ONE_IN_EIGHT) == 0);
    }

    private void take(final FlowMessage message) {
        enter(message, model.makers() + random.nextInt(model.takers()), true);
        final long fair = fairTicks[message.instrument];
        message.priceTicks = fair + (message.side == 'B' ? 1 : -1) * TAKE_THROUGH_TICKS;
        message.quantity = (long) ROUND_LOT * (1 + geometric(MORE_LOTS, MAX_ROUND_LOTS));
        if (random.nextDouble() < model.excitement()) {
            final long after = (long) (model.excitementNs() * exponential());
            plan(message.timeNs + after, Cause.EXCITED_TAKE, message.instrument, null);
        }
    }

    private void expire(final Quote quote, final FlowMessage message) {
        message.session = quote.session;
        message.side = quote.side;
        message.immediate = false;
        message.quantity = quote.quantity;
        if (quote.moves) {
            message.kind = FlowMessage.Kind.REPLACE;
            message.originalNumber = quote.number;
            message.number = ++lastNumber[quote.session];
            message.priceTicks = quotePrice(message.instrument, quote.side);
            planExpiry(message, false);
        } else {
            message.kind = FlowMessage.Kind.CANCEL;
            message.number = quote.number;
            message.quantity = 0;
        }
    }

    private void enter(final FlowMessage message, final int session, final boolean immediate) {
        message.kind = FlowMessage.Kind.ENTER;
        message.session = session;
        message.side = random.nextBoolean() ? 'B' : 'S';
        message.immediate = immediate;
        message.number = ++lastNumber[session];
    }

    private void planExpiry(final FlowMessage message, final boolean moves) {
        plan(
                message.timeNs + (long) (model.meanLifetimeNs() * exponential()),
                Cause.EXPIRY,
                message.instrument,
                new Quote(message.session, message.number, message.side, message.quantity, moves));
    }

    private long quotePrice(final int instrument, final char side) {
        final long away = 1 + geometric(NEXT_TICK, MAX_DEPTH_TICKS);
        return fairTicks[instrument] + (side == 'B' ? -away : away);
    }

    private void plan(
            final long timeNs, final Cause cause, final int instrument, final Quote quote) {
        events.add(new Event(timeNs, eventsMade++, cause, instrument, quote));
    }

    private long wait(final double perSecond) {
        return (long) (SECOND_NS / perSecond * exponential());
    }

    /** Strict, so that the same seed gives the same flow on every machine. */
    private double exponential() {
        return -StrictMath.log(1 - random.nextDouble());
    }

    /** How often in a row a chance of {@code again} is met. */
    private int geometric(final double again, final int limit) {
        int count = 0;
        while (count < limit && random.nextDouble() < again) {
            count++;
        }
        return count;
    }
}
