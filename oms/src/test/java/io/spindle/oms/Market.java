package io.spindle.oms;

import io.spindle.oms.command.AccountQueryEncoder;
import io.spindle.oms.command.CancelOrderEncoder;
import io.spindle.oms.command.CheckpointEncoder;
import io.spindle.oms.command.DayStartEncoder;
import io.spindle.oms.command.EnterOrderEncoder;
import io.spindle.oms.command.MessageHeaderEncoder;
import io.spindle.oms.command.ModifyOrderEncoder;
import io.spindle.oms.command.OrderOptionsEncoder;
import io.spindle.oms.command.RefusedEncoder;
import io.spindle.oms.command.ReplaceOrderEncoder;
import io.spindle.oms.command.SessionDownEncoder;
import io.spindle.oms.command.SessionUpEncoder;
import io.spindle.oms.command.SetTradingStateEncoder;

import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** An engine with its log beside it, driven in the words of a trader. */
final class Market implements CommandSink {
    static final long START_NS = 1_800_000_000_000_000_000L;
    private static final char ANY_STATE = (char) SetTradingStateEncoder.expectedNullValue();

    final Recorder events = new Recorder();
    final TradingEngine engine;
    final List<Logged> log = new ArrayList<>();
    final MessageHeaderEncoder header = new MessageHeaderEncoder();
    final MutableDirectBuffer buffer = new ExpandableArrayBuffer(512);
    final MutableDirectBuffer options = new ExpandableArrayBuffer(256);
    long nowNs = START_NS;

    /** Commands sent so far, by template. */
    final long[] tally = new long[128];

    /** Whether commands are kept for {@link #replay}. */
    boolean keepLog = true;

    /** A command as the log holds it. */
    record Logged(long timeNs, byte[] bytes) {}

    Market() {
        this(EngineConfig.small());
    }

    Market(final EngineConfig config) {
        this(config, List.of());
    }

    /** With another listener instead of the recorder. */
    Market(final EngineConfig config, final NoEvents listener) {
        engine = new TradingEngine(config, listener, listener, listener);
        keepLog = false;
    }

    Market(final EngineConfig config, final List<OrderCheck> checks) {
        engine = new TradingEngine(config, checks, events, events, events);
        events.watch(engine);
    }

    /** With the sample market loaded, and the events of that forgotten. */
    static Market sample() {
        final Market market = new Market();
        SampleMarket.write(market);
        market.events.take();
        return market;
    }

    @Override
    public void onCommand(final DirectBuffer command, final int offset, final int length) {
        nowNs += 1_000;
        tally[command.getShort(offset + MessageHeaderEncoder.templateIdEncodingOffset())]++;
        if (keepLog) {
            final byte[] copy = new byte[length];
            command.getBytes(offset, copy);
            apply(new Logged(nowNs, copy));
        } else {
            engine.apply(engine.sequence() + 1, nowNs, command, offset, length);
        }
    }

    void apply(final Logged command) {
        log.add(command);
        nowNs = command.timeNs();
        engine.apply(
                engine.sequence() + 1,
                nowNs,
                new UnsafeBuffer(command.bytes()),
                0,
                command.bytes().length);
    }

    /** Another engine that went through the same log from the start. */
    Market replay(final EngineConfig config) {
        final Market other = new Market(config);
        log.forEach(other::apply);
        return other;
    }

    private void send(final int encodedLength) {
        onCommand(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + encodedLength);
    }

    /** An encoder with a plain day order in it, for tests to spoil. */
    EnterOrderEncoder order(
            final int session,
            final int number,
            final char side,
            final long quantity,
            final long price) {
        return new EnterOrderEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .session(session)
                .userRefIdx((short) 0)
                .side((byte) side)
                .userRefNum(number & 0xFFFF_FFFFL)
                .symbol(Ascii.pack("SPDL"))
                .quantity(quantity)
                .price(price)
                .clOrdIdHigh(Ascii.pack("CLIENT"))
                .clOrdIdLow(number)
                .receivedNs(nowNs)
                .timeInForce((byte) '0')
                .display((byte) 'Y')
                .capacity((byte) 'A')
                .interMarketSweep((byte) 'N')
                .crossType((byte) 'N');
    }

    List<String> enter(final EnterOrderEncoder encoder) {
        encoder.putOptions(new byte[0], 0, 0);
        send(encoder.encodedLength());
        return events.take();
    }

    /** With options, which the caller sets on an encoder that has none set. */
    List<String> enter(final EnterOrderEncoder encoder, final Consumer<OrderOptionsEncoder> asked) {
        asked.accept(
                OptionBlock.begin(
                        new OrderOptionsEncoder(), new MessageHeaderEncoder(), options, 0));
        tally[OrderOptionsEncoder.TEMPLATE_ID]++;
        encoder.putOptions(options, 0, OptionBlock.LENGTH);
        send(encoder.encodedLength());
        return events.take();
    }

    List<String> enter(
            final int session,
            final int number,
            final char side,
            final long quantity,
            final long price) {
        return enter(order(session, number, side, quantity, price));
    }

    List<String> replace(
            final int session,
            final int original,
            final int number,
            final long quantity,
            final long price) {
        final ReplaceOrderEncoder encoder =
                new ReplaceOrderEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .session(session)
                        .userRefIdx((short) 0)
                        .timeInForce((byte) '0')
                        .originalUserRefNum(original & 0xFFFF_FFFFL)
                        .userRefNum(number & 0xFFFF_FFFFL)
                        .display((byte) 'Y')
                        .interMarketSweep((byte) 'N')
                        .quantity(quantity)
                        .price(price)
                        .clOrdIdHigh(Ascii.pack("CLIENT"))
                        .clOrdIdLow(number)
                        .receivedNs(nowNs);
        encoder.putOptions(new byte[0], 0, 0);
        send(encoder.encodedLength());
        return events.take();
    }

    List<String> cancel(final int session, final int number, final long quantity) {
        send(
                new CancelOrderEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .session(session)
                        .userRefIdx((short) 0)
                        .userRefNum(number & 0xFFFF_FFFFL)
                        .quantity(quantity)
                        .receivedNs(nowNs)
                        .encodedLength());
        return events.take();
    }

    List<String> modify(final int session, final int number, final char side, final long quantity) {
        send(
                new ModifyOrderEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .session(session)
                        .userRefIdx((short) 0)
                        .side((byte) side)
                        .userRefNum(number & 0xFFFF_FFFFL)
                        .quantity(quantity)
                        .receivedNs(nowNs)
                        .encodedLength());
        return events.take();
    }

    List<String> refuse(final int session, final int number, final RejectCode reason) {
        send(
                new RefusedEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .session(session)
                        .userRefIdx((short) 0)
                        .userRefNum(number & 0xFFFF_FFFFL)
                        .reason(reason.code)
                        .clOrdIdHigh(0)
                        .clOrdIdLow(0)
                        .encodedLength());
        return events.take();
    }

    List<String> query(final int session, final int userRefIdx) {
        send(
                new AccountQueryEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .session(session)
                        .userRefIdx((short) userRefIdx)
                        .encodedLength());
        return events.take();
    }

    /** Logs in from a source of its own. */
    List<String> up(final int session) {
        return up(session, 5_000 + session);
    }

    List<String> up(final int session, final int port) {
        send(
                new SessionUpEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .session(session)
                        .port(port)
                        .address(0x7F00_0001L)
                        .mac(0x0102_0304_0506L)
                        .encodedLength());
        return events.take();
    }

    List<String> down(final int session, final int reason) {
        send(
                new SessionDownEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .session(session)
                        .reason((short) reason)
                        .encodedLength());
        return events.take();
    }

    List<String> checkpoint(final long digest) {
        send(
                new CheckpointEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .eventDigest(digest)
                        .encodedLength());
        return events.take();
    }

    List<String> dayStart(final int date, final int epoch) {
        send(
                new DayStartEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .date(date)
                        .epoch((short) epoch)
                        .encodedLength());
        return events.take();
    }

    List<String> tradingState(final long request, final char state) {
        return tradingState("SPDL", request, state);
    }

    List<String> tradingState(final String symbol, final long request, final char state) {
        return tradingState(symbol, request, state, ANY_STATE);
    }

    /** Only out of the state that is expected. */
    List<String> tradingState(
            final String symbol, final long request, final char state, final char expected) {
        send(
                new SetTradingStateEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .requestHigh(0)
                        .requestLow(request)
                        .symbol(Ascii.pack(symbol))
                        .state((byte) state)
                        .expected((byte) expected)
                        .encodedLength());
        return events.take();
    }

    long cash(final String account) {
        final int number = engine.accounts().find(Ascii.pack(account), Ascii.BLANK);
        final int slot = engine.cash().find(number, Ascii.packInt("USD"));
        return engine.cash().balance(slot);
    }

    long lots(final String account) {
        final int number = engine.accounts().find(Ascii.pack(account), Ascii.BLANK);
        return engine.holdings().lots(engine.holdings().find(number, 1));
    }
}
