package io.spindle.perf.engine;

import io.spindle.matcher.MatchListener;
import io.spindle.matcher.Matcher;
import io.spindle.matcher.MatcherConfig;
import io.spindle.matcher.OrderTerms;
import io.spindle.oms.Ascii;
import io.spindle.oms.command.CancelOrderEncoder;
import io.spindle.oms.command.EnterOrderEncoder;
import io.spindle.oms.command.MessageHeaderEncoder;

import java.util.Random;

/** Invents the commands of an {@link EngineStream}; a matcher of its own says what rests. */
final class OrderSource {
    private static final int MIDDLE_TICKS = 10_000;
    private static final int SPREAD_TICKS = 40;
    private static final int MAX_LOTS = 100;
    private static final int IMMEDIATE_PERCENT = 10;
    private static final int ENTER_PERCENT_BELOW = 75;
    private static final int ENTER_PERCENT_ABOVE = 35;
    private static final int PERCENT = 100;
    private static final byte[] NO_OPTIONS = {};

    private final EngineStream stream;
    private final int resting;
    private final Random random;
    private final Members members;
    private final Matcher matcher;
    private final OrderTerms terms = new OrderTerms();
    private final int[] free;
    private int freeCount;

    /** Orders that rest, in no order; where each is among them; the command that entered it. */
    private final int[] live;

    private final int[] place;
    private final int[] enteredBy;
    private int liveCount;

    /** Of the orders that rest: whose, where, under which number. */
    private final int[] accounts;

    private final int[] instruments;
    private final int[] numbers;
    private final int[] lastNumber = new int[Members.ACCOUNTS];
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final EnterOrderEncoder enter = new EnterOrderEncoder();
    private final CancelOrderEncoder cancel = new CancelOrderEncoder();

    /**
     * @param resting orders that the books hold once they are filled
     */
    OrderSource(
            final EngineStream stream,
            final Members members,
            final int resting,
            final Random random) {
        this.stream = stream;
        this.resting = resting;
        this.random = random;
        this.members = members;
        final int capacity = maxLive(resting);
        this.matcher =
                new Matcher(MatcherConfig.of(capacity, Members.INSTRUMENTS + 1), new Resting());
        for (int book = 0; book < Members.INSTRUMENTS; book++) {
            matcher.openBook(book, EngineStream.MAX_TICKS);
        }
        this.free = new int[capacity];
        this.live = new int[capacity];
        this.place = new int[capacity];
        this.enteredBy = new int[capacity];
        this.accounts = new int[capacity];
        this.instruments = new int[capacity];
        this.numbers = new int[capacity];
        for (int i = 0; i < capacity; i++) {
            free[freeCount++] = capacity - 1 - i;
        }
    }

    /** Orders alive at a time are named below this. */
    static int maxLive(final int resting) {
        return 2 * resting + 2;
    }

    /** Writes the stream's part of this number; parts are written in their order. */
    void write(final int part) {
        stream.begin(part);
        for (int i = 0; i < stream.count; i++) {
            next(i);
        }
    }

    private void next(final int i) {
        final int drawn = random.nextInt(PERCENT);
        final int enters = liveCount < resting ? ENTER_PERCENT_BELOW : ENTER_PERCENT_ABOVE;
        if (drawn < IMMEDIATE_PERCENT || drawn - IMMEDIATE_PERCENT < enters || liveCount == 0) {
            enter(i, drawn < IMMEDIATE_PERCENT);
        } else {
            final int order = live[random.nextInt(liveCount)];
            writeCancel(i, order);
            matcher.cancel(order, 'U');
        }
    }

    private void enter(final int i, final boolean immediate) {
        final int account = members.account();
        final boolean buys = random.nextBoolean();
        final int away = random.nextInt(SPREAD_TICKS) - SPREAD_TICKS / 8;
        final int order = free[--freeCount];
        stream.accounts[i] = account;
        stream.instruments[i] = members.instrument(account);
        stream.sides[i] = buys ? OrderTerms.BUY : OrderTerms.SELL;
        stream.ticks[i] = MIDDLE_TICKS + (buys ? -away : away);
        stream.lots[i] = 1 + random.nextInt(MAX_LOTS);
        stream.immediate[i] = immediate ? 1 : 0;
        stream.orders[i] = order;
        writeEnter(i, order);
        MatcherPlayer.terms(stream, i, terms);
        matcher.enter(terms);
        if (!matcher.isResting(order)) {
            free[freeCount++] = order;
        }
    }

    private void writeEnter(final int i, final int order) {
        final int account = stream.accounts[i];
        stream.targets[i] = -1;
        enteredBy[order] = stream.number(i);
        accounts[order] = account;
        instruments[order] = stream.instruments[i];
        numbers[order] = ++lastNumber[account];
        enter.wrapAndApplyHeader(stream.records(), i * EngineStream.SLOT_LENGTH, header)
                .session(account)
                .userRefIdx((short) 0)
                .side((byte) (stream.sides[i] == OrderTerms.BUY ? 'B' : 'S'))
                .userRefNum(numbers[order])
                .symbol(Ascii.pack(EngineStream.symbol(stream.instruments[i])))
                .quantity(stream.lots[i])
                .price(stream.ticks[i] * EngineStream.TICK_SIZE)
                .clOrdIdHigh(0)
                .clOrdIdLow(stream.number(i))
                .receivedNs(0)
                .timeInForce((byte) (stream.immediate[i] != 0 ? '3' : '1'))
                .display((byte) 'Y')
                .capacity((byte) 'A')
                .interMarketSweep((byte) 'N')
                .crossType((byte) 'N')
                .putOptions(NO_OPTIONS, 0, 0);
        stream.lengths[i] = MessageHeaderEncoder.ENCODED_LENGTH + enter.encodedLength();
    }

    private void writeCancel(final int i, final int order) {
        stream.targets[i] = enteredBy[order];
        stream.accounts[i] = accounts[order];
        stream.instruments[i] = instruments[order];
        stream.orders[i] = order;
        cancel.wrapAndApplyHeader(stream.records(), i * EngineStream.SLOT_LENGTH, header)
                .session(accounts[order])
                .userRefIdx((short) 0)
                .userRefNum(numbers[order])
                .quantity(0)
                .receivedNs(0);
        stream.lengths[i] = MessageHeaderEncoder.ENCODED_LENGTH + cancel.encodedLength();
    }

    private void gone(final int order) {
        final int last = live[--liveCount];
        live[place[order]] = last;
        place[last] = place[order];
        free[freeCount++] = order;
    }

    /** Keeps the list of what rests. */
    private final class Resting implements MatchListener {
        @Override
        public void onFill(
                final int book,
                final int maker,
                final int taker,
                final long priceTicks,
                final long lots,
                final long makerLeavesLots,
                final long takerLeavesLots) {
            if (makerLeavesLots == 0) {
                gone(maker);
            }
        }

        @Override
        public void onRested(
                final int book,
                final int order,
                final int side,
                final long priceTicks,
                final long displayedLots) {
            place[order] = liveCount;
            live[liveCount++] = order;
        }

        @Override
        public void onCancelled(
                final int book,
                final int order,
                final long cancelledLots,
                final long leavesLots,
                final int reason,
                final boolean wasResting) {
            if (wasResting) {
                gone(order);
            }
        }
    }
}
