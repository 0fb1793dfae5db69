package io.spindle.feed;

import io.spindle.log.CommandHandler;
import io.spindle.oms.Ascii;
import io.spindle.oms.Password;
import io.spindle.oms.SessionTable;
import io.spindle.oms.command.AdjustCashEncoder;
import io.spindle.oms.command.BustTradeEncoder;
import io.spindle.oms.command.CancelOrderEncoder;
import io.spindle.oms.command.ContinueEncoder;
import io.spindle.oms.command.CorrectTradeEncoder;
import io.spindle.oms.command.DayStartEncoder;
import io.spindle.oms.command.DefineAccountEncoder;
import io.spindle.oms.command.DefineFirmEncoder;
import io.spindle.oms.command.DefineInstrumentEncoder;
import io.spindle.oms.command.DefineSessionEncoder;
import io.spindle.oms.command.EnterOrderEncoder;
import io.spindle.oms.command.MessageHeaderEncoder;
import io.spindle.oms.command.ReplaceOrderEncoder;
import io.spindle.oms.command.SetInstrumentRiskEncoder;
import io.spindle.oms.command.SetReferencePriceEncoder;
import io.spindle.oms.command.SetTradingStateEncoder;
import io.spindle.oms.command.TickEncoder;

import org.agrona.concurrent.UnsafeBuffer;

import java.util.random.RandomGenerator;

/**
 * Says commands, numbered and timed, to whoever applies them: one firm with two sessions in a
 * market of a few symbols. Orders are named by session and number, as clients name them.
 */
public final class TestMarket {
    public static final int DATE = 20261120;

    /** UTC midnight of {@link #DATE}. */
    public static final long MIDNIGHT_NS = 1_795_132_800_000_000_000L;

    public static final int SESSIONS = 2;
    public static final String PASSWORD = "spindle";

    private static final long OPENING_NS = MIDNIGHT_NS + 34_200_000_000_000L;
    private static final long RICH = 1_000_000_000_000_000L;
    private static final int FIRM = Ascii.packInt("TEST");

    private final CommandHandler handler;
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[512]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final EnterOrderEncoder enter = new EnterOrderEncoder();
    private final CancelOrderEncoder cancel = new CancelOrderEncoder();
    private final ReplaceOrderEncoder replace = new ReplaceOrderEncoder();
    private final int[] numbers = new int[SESSIONS];
    private long sequence;
    private long timeNs = OPENING_NS;

    public TestMarket(final CommandHandler handler) {
        this.handler = handler;
    }

    /** One firm, its account and sessions, these symbols, a day that has begun. */
    public TestMarket open(final String... symbols) {
        say(new DefineFirmEncoder().wrapAndApplyHeader(buffer, 0, header).firm(FIRM).limit());
        final DefineAccountEncoder account = new DefineAccountEncoder();
        account.wrapAndApplyHeader(buffer, 0, header)
                .accountHigh(Ascii.pack("ACCOUNT"))
                .accountLow(Ascii.BLANK)
                .firm(FIRM)
                .flags(1);
        say(account.limit());
        final AdjustCashEncoder cash = new AdjustCashEncoder();
        cash.wrapAndApplyHeader(buffer, 0, header)
                .accountHigh(Ascii.pack("ACCOUNT"))
                .accountLow(Ascii.BLANK)
                .amount(RICH)
                .currency(Ascii.packInt("USD"));
        say(cash.limit());
        for (int session = 0; session < SESSIONS; session++) {
            session("TEST0" + session);
        }
        for (final String symbol : symbols) {
            define(symbol);
        }
        return day(DATE, 0);
    }

    /** One more session of the firm, with everybody's password. */
    public TestMarket session(final String username) {
        final byte[] secret = Password.secret(new byte[SessionTable.SALT_LENGTH], PASSWORD);
        final DefineSessionEncoder define = new DefineSessionEncoder();
        define.wrapAndApplyHeader(buffer, 0, header)
                .username(Ascii.pack(username))
                .firm(FIRM)
                .accountHigh(Ascii.pack("ACCOUNT"))
                .accountLow(Ascii.BLANK)
                .putSecret(secret, 0, secret.length);
        return say(define.limit());
    }

    public TestMarket define(final String symbol) {
        final DefineInstrumentEncoder define = new DefineInstrumentEncoder();
        define.wrapAndApplyHeader(buffer, 0, header)
                .symbol(Ascii.pack(symbol))
                .tickSize(100)
                .lotSize(1)
                .minQuantity(1)
                .maxQuantity(1_000_000)
                .maxPrice(2_000_000_000)
                .currency(Ascii.packInt("USD"))
                .priceDecimals((short) 4);
        return say(define.limit());
    }

    public TestMarket day(final int date, final int epoch) {
        final DayStartEncoder day = new DayStartEncoder();
        day.wrapAndApplyHeader(buffer, 0, header).date(date).epoch((short) epoch);
        return say(day.limit());
    }

    public TestMarket state(final String symbol, final char state) {
        final SetTradingStateEncoder set = new SetTradingStateEncoder();
        set.wrapAndApplyHeader(buffer, 0, header)
                .symbol(Ascii.pack(symbol))
                .state((byte) state)
                .expected(SetTradingStateEncoder.expectedNullValue());
        return say(set.limit());
    }

    /** A band around the reference price, 0 for none. */
    public TestMarket band(final String symbol, final int bps) {
        final SetInstrumentRiskEncoder set = new SetInstrumentRiskEncoder();
        set.wrapAndApplyHeader(buffer, 0, header).symbol(Ascii.pack(symbol)).bandBps(bps);
        return say(set.limit());
    }

    public TestMarket reference(final String symbol, final long price) {
        final SetReferencePriceEncoder set = new SetReferencePriceEncoder();
        set.wrapAndApplyHeader(buffer, 0, header).symbol(Ascii.pack(symbol)).price(price);
        return say(set.limit());
    }

    /** Takes a trade back, as erroneous. */
    public TestMarket bust(final long matchNumber) {
        final BustTradeEncoder bust = new BustTradeEncoder();
        bust.wrapAndApplyHeader(buffer, 0, header).matchNumber(matchNumber).reason((byte) 'E');
        return say(bust.limit());
    }

    /** Takes a trade back and makes it again at this price, under the next match number. */
    public TestMarket correct(final long matchNumber, final long price) {
        final CorrectTradeEncoder correct = new CorrectTradeEncoder();
        correct.wrapAndApplyHeader(buffer, 0, header)
                .matchNumber(matchNumber)
                .price(price)
                .reason((byte) 'E');
        return say(correct.limit());
    }

    /** So much later a tick, as the loop's timers give it. */
    public TestMarket tick(final long laterNs) {
        timeNs += laterNs;
        return say(new TickEncoder().wrapAndApplyHeader(buffer, 0, header).limit());
    }

    /** The next slice of work that takes more than one command. */
    public TestMarket proceed(final long origin) {
        final ContinueEncoder next = new ContinueEncoder();
        next.wrapAndApplyHeader(buffer, 0, header).origin(origin);
        return say(next.limit());
    }

    /** A new day order; returns its number. */
    public int enter(
            final int session,
            final char side,
            final long quantity,
            final long symbol,
            final long price,
            final char timeInForce,
            final char display) {
        enter.wrapAndApplyHeader(buffer, 0, header)
                .session(session)
                .side((byte) side)
                .userRefNum(++numbers[session])
                .symbol(symbol)
                .quantity(quantity)
                .price(price)
                .timeInForce((byte) timeInForce)
                .display((byte) display)
                .capacity((byte) 'P')
                .interMarketSweep((byte) 'N')
                .crossType((byte) 'N')
                .putOptions(buffer, 0, 0);
        say(enter.limit());
        return numbers[session];
    }

    /** A displayed day order of session 0. */
    public int order(final char side, final long quantity, final String symbol, final long price) {
        return enter(0, side, quantity, Ascii.pack(symbol), price, '0', 'Y');
    }

    /** {@code total} is what shall be left and executed; 0 = cancel all. */
    public TestMarket cancel(final int session, final int number, final long total) {
        cancel.wrapAndApplyHeader(buffer, 0, header)
                .session(session)
                .userRefNum(number)
                .quantity(total);
        return say(cancel.limit());
    }

    /** Returns the number of the replacement. */
    public int replace(final int session, final int number, final long quantity, final long price) {
        replace.wrapAndApplyHeader(buffer, 0, header)
                .session(session)
                .timeInForce((byte) '0')
                .originalUserRefNum(number)
                .userRefNum(++numbers[session])
                .display((byte) 'Y')
                .interMarketSweep((byte) 'N')
                .quantity(quantity)
                .price(price)
                .putOptions(buffer, 0, 0);
        say(replace.limit());
        return numbers[session];
    }

    /** Orders, hidden ones too, cancels, reductions and replaces around one price. */
    public TestMarket trade(final RandomGenerator random, final int steps, final long... symbols) {
        for (int i = 0; i < steps; i++) {
            final int session = random.nextInt(SESSIONS);
            final int number = numbers[session] == 0 ? 0 : 1 + random.nextInt(numbers[session]);
            final long quantity = 1 + random.nextInt(500);
            final long price = 100 * (1_000 + random.nextInt(40));
            switch (random.nextInt(10)) {
                case 0 -> cancel(session, number, 0);
                case 1 -> cancel(session, number, quantity);
                case 2 -> replace(session, number, quantity, price);
                default ->
                        enter(
                                session,
                                random.nextBoolean() ? 'B' : 'S',
                                quantity,
                                symbols[random.nextInt(symbols.length)],
                                price,
                                random.nextInt(5) == 0 ? '3' : '0',
                                random.nextInt(8) == 0 ? 'N' : 'Y');
            }
        }
        return this;
    }

    public long sequence() {
        return sequence;
    }

    public long timeNs() {
        return timeNs;
    }

    private TestMarket say(final int limit) {
        timeNs += 1_000;
        handler.onCommand(++sequence, timeNs, buffer, 0, limit);
        buffer.setMemory(0, buffer.capacity(), (byte) 0); // request ids included
        return this;
    }
}
