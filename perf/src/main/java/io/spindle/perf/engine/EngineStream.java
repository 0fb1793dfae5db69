package io.spindle.perf.engine;

import io.spindle.matcher.OrderTerms;
import io.spindle.oms.Ascii;
import io.spindle.oms.CommandBatch;
import io.spindle.oms.CommandSink;
import io.spindle.oms.command.CancelOrderEncoder;
import io.spindle.oms.command.EnterOrderEncoder;
import io.spindle.oms.command.MessageHeaderEncoder;

import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteBuffer;
import java.util.Random;

/**
 * A stream of order commands made from a seed, once as log records and once as what the bare
 * matcher needs of them: 60 % new orders, 30 % cancels of earlier ones, 10 % immediate orders;
 * accounts and instruments by Zipf 1.1, at most eight instruments to an account.
 */
final class EngineStream {
    static final int ACCOUNTS = 10_000;
    static final int INSTRUMENTS = 1_000;

    /** Bytes kept for each command, the longest one rounded up. */
    static final int SLOT_LENGTH = 128;

    private static final int INSTRUMENTS_PER_ACCOUNT = 8;
    private static final double EXPONENT = 1.1;
    private static final int MIDDLE_TICKS = 10_000;
    private static final int SPREAD_TICKS = 40;
    private static final long TICK_SIZE = 100;
    private static final String FIRM = "BNCH";

    final int count;
    final int[] lengths;
    final int[] instruments;
    final int[] ticks;
    final int[] lots;

    /** For a cancel: which command entered the order; else −1. */
    final int[] targets;

    final byte[] sides;
    final boolean[] immediate;

    private final UnsafeBuffer records;
    private final Random random;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final EnterOrderEncoder enter = new EnterOrderEncoder();
    private final CancelOrderEncoder cancel = new CancelOrderEncoder();
    private final int[] next = new int[ACCOUNTS];
    private final int[] numbers;
    private final int[] owners;

    EngineStream(final int count, final long seed) {
        this.count = count;
        this.random = new Random(seed);
        this.records = new UnsafeBuffer(ByteBuffer.allocateDirect(count * SLOT_LENGTH));
        this.lengths = new int[count];
        this.instruments = new int[count];
        this.ticks = new int[count];
        this.lots = new int[count];
        this.targets = new int[count];
        this.sides = new byte[count];
        this.immediate = new boolean[count];
        this.numbers = new int[count];
        this.owners = new int[count];
        final double[] accountShares = shares(ACCOUNTS);
        final double[] instrumentShares = shares(INSTRUMENTS);
        for (int i = 0; i < count; i++) {
            add(i, pick(accountShares), instrumentShares);
        }
    }

    UnsafeBuffer records() {
        return records;
    }

    /** The members and instruments that the stream speaks of. */
    static void writeMarket(final CommandSink sink) {
        final CommandBatch batch = new CommandBatch(sink, 1, 1).firm(FIRM);
        for (int i = 0; i < INSTRUMENTS; i++) {
            batch.instrument(
                    new CommandBatch.Instrument(
                            symbol(i), "USD", TICK_SIZE, 1, 1, 1_000_000, 10_000_000, 4, 0));
        }
        for (int i = 0; i < ACCOUNTS; i++) {
            final String name = "B" + i;
            batch.account(name, FIRM, 1)
                    .cash(name, "USD", 1_000_000_000_000_000L)
                    .session(
                            new CommandBatch.Session(
                                    name, FIRM, name, 0, new byte[16], new byte[32]));
        }
        batch.commit();
    }

    private static String symbol(final int instrument) {
        return "S" + instrument;
    }

    private void add(final int i, final int account, final double[] instrumentShares) {
        final int kind = random.nextInt(10);
        final int target = kind < 3 && i > 0 ? target(i) : -1;
        targets[i] = target;
        if (target >= 0) {
            cancel.wrapAndApplyHeader(records, i * SLOT_LENGTH, header)
                    .session(owners[target])
                    .userRefIdx((short) 0)
                    .userRefNum(numbers[target])
                    .quantity(0)
                    .receivedNs(0);
            instruments[i] = instruments[target];
            lengths[i] = MessageHeaderEncoder.ENCODED_LENGTH + cancel.encodedLength();
            return;
        }
        final int choice = pick(instrumentShares) % INSTRUMENTS_PER_ACCOUNT;
        instruments[i] = (account * 31 + choice * choice * 7) % INSTRUMENTS;
        sides[i] = (byte) (random.nextBoolean() ? OrderTerms.BUY : OrderTerms.SELL);
        final int away = random.nextInt(SPREAD_TICKS) - SPREAD_TICKS / 8;
        ticks[i] = MIDDLE_TICKS + (sides[i] == OrderTerms.BUY ? -away : away);
        lots[i] = 1 + random.nextInt(100);
        immediate[i] = kind == 3;
        owners[i] = account;
        numbers[i] = ++next[account];
        write(i, account);
    }

    /** One of the last thousand orders entered. */
    private int target(final int i) {
        for (int tries = 0; tries < 8; tries++) {
            final int earlier = i - 1 - random.nextInt(Math.min(i, 1_000));
            if (targets[earlier] < 0 && !immediate[earlier]) {
                return earlier;
            }
        }
        return -1;
    }

    private void write(final int i, final int account) {
        enter.wrapAndApplyHeader(records, i * SLOT_LENGTH, header)
                .session(account)
                .userRefIdx((short) 0)
                .side((byte) (sides[i] == OrderTerms.BUY ? 'B' : 'S'))
                .userRefNum(numbers[i])
                .symbol(Ascii.pack(symbol(instruments[i])))
                .quantity(lots[i])
                .price(ticks[i] * TICK_SIZE)
                .clOrdIdHigh(0)
                .clOrdIdLow(i)
                .receivedNs(0)
                .timeInForce((byte) (immediate[i] ? '3' : '1'))
                .display((byte) 'Y')
                .capacity((byte) 'A')
                .interMarketSweep((byte) 'N')
                .crossType((byte) 'N')
                .putOptions(new byte[0], 0, 0);
        lengths[i] = MessageHeaderEncoder.ENCODED_LENGTH + enter.encodedLength();
    }

    private int pick(final double[] shares) {
        final double at = random.nextDouble();
        int low = 0;
        int high = shares.length - 1;
        while (low < high) {
            final int middle = (low + high) >>> 1;
            if (shares[middle] < at) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Running sums of a Zipf distribution. */
    private static double[] shares(final int count) {
        final double[] sums = new double[count];
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += 1 / Math.pow(i + 1, EXPONENT);
            sums[i] = sum;
        }
        for (int i = 0; i < count; i++) {
            sums[i] /= sum;
        }
        return sums;
    }
}
