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
 * A stream of order commands made from a seed, once as log records and once as what a bare matcher
 * needs of them. The number of resting orders stays where it is told to: a tenth of the commands is
 * immediate, the rest are limit orders and cancels of orders that rest, so that any part of the
 * stream costs like any other.
 */
final class EngineStream {
    /** Bytes kept for each command, the longest one rounded up. */
    static final int SLOT_LENGTH = 128;

    static final long TICK_SIZE = 100;
    static final int MAX_TICKS = 100_000;
    private static final String FIRM = "BNCH";
    private static final long START_CASH = 100_000_000_000_000L;
    private static final byte[] NO_OPTIONS = {};

    final int count;
    final int maxLive;
    final int[] lengths;
    final int[] accounts;
    final int[] instruments;
    final int[] ticks;
    final int[] lots;

    /** The name that the order has while it is alive, used again afterwards. */
    final int[] orders;

    /** For a cancel: which command entered the order; else −1. */
    final int[] targets;

    final byte[] sides;
    final boolean[] immediate;

    private final int[] numbers;
    private final int[] lastNumber;
    private final Members members;
    private final UnsafeBuffer records;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final EnterOrderEncoder enter = new EnterOrderEncoder();
    private final CancelOrderEncoder cancel = new CancelOrderEncoder();

    /**
     * @param resting orders that the books hold once they are filled
     */
    EngineStream(final int count, final int resting, final long seed) {
        this.count = count;
        this.maxLive = 2 * resting + 2;
        this.records = new UnsafeBuffer(ByteBuffer.allocateDirect(count * SLOT_LENGTH));
        this.lengths = new int[count];
        this.accounts = new int[count];
        this.instruments = new int[count];
        this.ticks = new int[count];
        this.lots = new int[count];
        this.orders = new int[count];
        this.targets = new int[count];
        this.sides = new byte[count];
        this.immediate = new boolean[count];
        this.numbers = new int[count];
        this.lastNumber = new int[Members.ACCOUNTS];
        final Random random = new Random(seed);
        this.members = new Members(random);
        final OrderSource source = new OrderSource(this, members, resting, random);
        for (int i = 0; i < count; i++) {
            source.next(i);
        }
    }

    Members members() {
        return members;
    }

    UnsafeBuffer records() {
        return records;
    }

    /** Command {@code i} cancels what an earlier one entered. */
    void writeCancel(final int i, final int target) {
        targets[i] = target;
        accounts[i] = accounts[target];
        instruments[i] = instruments[target];
        orders[i] = orders[target];
        cancel.wrapAndApplyHeader(records, i * SLOT_LENGTH, header)
                .session(accounts[target])
                .userRefIdx((short) 0)
                .userRefNum(numbers[target])
                .quantity(0)
                .receivedNs(0);
        lengths[i] = MessageHeaderEncoder.ENCODED_LENGTH + cancel.encodedLength();
    }

    /** Command {@code i} enters the order that its columns describe. */
    void writeEnter(final int i) {
        targets[i] = -1;
        numbers[i] = ++lastNumber[accounts[i]];
        enter.wrapAndApplyHeader(records, i * SLOT_LENGTH, header)
                .session(accounts[i])
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
                .putOptions(NO_OPTIONS, 0, 0);
        lengths[i] = MessageHeaderEncoder.ENCODED_LENGTH + enter.encodedLength();
    }

    /** The members and instruments that the stream speaks of; instrument 0 gets locate 1. */
    static void writeMarket(final CommandSink sink) {
        final CommandBatch batch = new CommandBatch(sink, 1, 1).firm(FIRM);
        for (int i = 0; i < Members.INSTRUMENTS; i++) {
            batch.instrument(
                    new CommandBatch.Instrument(
                            symbol(i),
                            "USD",
                            TICK_SIZE,
                            1,
                            1,
                            1_000_000,
                            MAX_TICKS * TICK_SIZE,
                            4,
                            0));
        }
        for (int i = 0; i < Members.ACCOUNTS; i++) {
            final String name = "B" + i;
            batch.account(name, FIRM, 1)
                    .cash(name, "USD", START_CASH)
                    .session(
                            new CommandBatch.Session(
                                    name, FIRM, name, 0, new byte[16], new byte[32]));
        }
        batch.commit();
    }

    private static String symbol(final int instrument) {
        return "S" + instrument;
    }
}
