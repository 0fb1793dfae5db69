package io.spindle.loop;

import static io.spindle.loop.LoopCounter.ORDERS_ACCEPTED;
import static io.spindle.loop.LoopCounter.ORDERS_RECEIVED;
import static io.spindle.loop.LoopCounter.ORDERS_REJECTED;
import static io.spindle.loop.LoopCounter.REJECTED_BEFORE_ENGINE;
import static io.spindle.loop.LoopCounter.REJECTED_BY_BOOK;
import static io.spindle.loop.LoopCounter.REJECTED_BY_FIELDS;
import static io.spindle.loop.LoopCounter.REJECTED_BY_RATE;
import static io.spindle.loop.LoopCounter.REJECTED_BY_RISK;
import static io.spindle.loop.LoopCounter.REJECTED_BY_RULE;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.codec.ouch.Tag;
import io.spindle.oms.Ascii;
import io.spindle.oms.SampleMarket;
import io.spindle.oms.command.EnterOrderEncoder;
import io.spindle.oms.command.MessageHeaderEncoder;
import io.spindle.oms.command.SetAuthorisationRuleEncoder;
import io.spindle.oms.command.SetRateEncoder;
import io.spindle.sim.SimFaults;

import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The counters file tells of every new order, however it came, that it was received, and that it
 * was accepted or at which stage it was rejected.
 */
class StageCountersTest {
    private static final List<LoopCounter> STAGES =
            List.of(
                    REJECTED_BEFORE_ENGINE,
                    REJECTED_BY_RATE,
                    REJECTED_BY_FIELDS,
                    REJECTED_BY_RISK,
                    REJECTED_BY_RULE,
                    REJECTED_BY_BOOK);
    private static final long REPORT_NS = 60_000_000;
    private static final long PRICE = 90_000;

    /** More than any account of the sample market can pay. */
    private static final long HIGHEST_PRICE = 199_999_9900L;

    private static final long MOST = 1_000_000;
    private static final byte[] UNKNOWN_TAG = {2, (byte) 200, 1};
    private static final byte[] AT_LEAST_SIX = {5, Tag.MIN_QUANTITY, 0, 0, 0, 6};

    @TempDir Path folder;

    private final Map<LoopCounter, Long> expected = new EnumMap<>(LoopCounter.class);
    private TradingRig rig;
    private SimClient client;

    @BeforeEach
    void start() {
        rig = TradingRig.unrecorded(folder, 1, SimFaults.NONE);
        client = rig.client(0).login();
        expectNone();
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private void expectNone() {
        STAGES.forEach(stage -> expected.put(stage, 0L));
        expected.put(ORDERS_RECEIVED, 0L);
        expected.put(ORDERS_ACCEPTED, 0L);
        expected.put(ORDERS_REJECTED, 0L);
        assertCounts();
    }

    /** One order more was sent, and this is where it ended. */
    private void assertEnded(final LoopCounter where) {
        expected.merge(ORDERS_RECEIVED, 1L, Long::sum);
        expected.merge(where, 1L, Long::sum);
        if (where != ORDERS_ACCEPTED) {
            expected.merge(ORDERS_REJECTED, 1L, Long::sum);
        }
        assertCounts();
    }

    private void assertCounts() {
        rig.runFor(REPORT_NS);
        final Map<LoopCounter, Long> now = new EnumMap<>(LoopCounter.class);
        expected.keySet().forEach(counter -> now.put(counter, rig.counters.get(counter)));
        assertEquals(expected, now);
        assertEquals(now.get(ORDERS_RECEIVED), now.get(ORDERS_ACCEPTED) + now.get(ORDERS_REJECTED));
        assertEquals(now.get(ORDERS_REJECTED), STAGES.stream().mapToLong(now::get).sum());
    }

    private void enter(final int number, final char side, final long quantity, final long price) {
        client.sendBlock('U', TradingMessages.enter(number, side, quantity, price));
    }

    private void enter(final int number, final byte[] appendage) {
        client.sendBlock('U', TradingMessages.enter(number, 'B', 5, PRICE, appendage));
    }

    @Test
    void shouldCountEveryOrderOfTheWireAtTheStageThatDecides() {
        enter(1, 'B', 100, PRICE);
        assertEnded(ORDERS_ACCEPTED);
        enter(2, UNKNOWN_TAG);
        assertEnded(REJECTED_BEFORE_ENGINE);
        enter(3, 'X', 1, PRICE);
        assertEnded(REJECTED_BY_FIELDS);
        enter(4, 'B', MOST, HIGHEST_PRICE);
        assertEnded(REJECTED_BY_RISK);
        enter(5, AT_LEAST_SIX);
        assertEnded(REJECTED_BY_BOOK);
        forbid(50);
        enter(6, 'B', 50, PRICE);
        assertEnded(REJECTED_BY_RULE);
        limit();
        enter(7, 'B', 1, PRICE);
        assertEnded(ORDERS_ACCEPTED);
        enter(8, 'B', 1, PRICE);
        assertEnded(REJECTED_BY_RATE);
        assertEquals(8, rig.engine().sessions().lastUserRefNum(0, 0));
        assertTrue(client.reports().endsWith(";AJJJJJAJ"), client.reports());
    }

    /** Orders of so many lots or more. */
    private void forbid(final long minQuantity) {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final SetAuthorisationRuleEncoder rule = new SetAuthorisationRuleEncoder();
        rule.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .rule((short) 1)
                .action((byte) 'F')
                .accountHigh(Ascii.BLANK)
                .accountLow(Ascii.BLANK)
                .symbol(Ascii.BLANK)
                .minQuantity(minQuantity)
                .minNotional(0)
                .holdNs(0);
        rig.append(buffer, 0, rule.limit());
        rig.run(1);
    }

    /** One order, and then none for a second. */
    private void limit() {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final SetRateEncoder rate = new SetRateEncoder();
        rate.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .scope((byte) 'S')
                .mode((byte) 'R')
                .username(Ascii.pack(SampleMarket.session(0)))
                .perSecond(1)
                .burst(1);
        rig.append(buffer, 0, rate.limit());
        rig.run(1);
    }

    @Test
    void shouldNotCountWhatIsNoNewOrder() {
        enter(1, 'B', 100, PRICE);
        assertEnded(ORDERS_ACCEPTED);
        enter(1, 'B', 100, PRICE);
        client.sendBlock('U', TradingMessages.replace(1, 2, 50));
        client.sendBlock('U', Arrays.copyOf(TradingMessages.enter(3, 'B', 1, PRICE), 20));
        rig.run(3);
        client.sendBlock('U', TradingMessages.replace(2, 3, 5 * MOST));
        client.sendBlock('U', TradingMessages.cancel(3, 0));
        assertCounts();
        assertEquals(1, rig.counters.get(LoopCounter.DUPLICATES_FILTERED));
        assertEquals(1, rig.counters.get(LoopCounter.MALFORMED_MESSAGES));
    }

    @Test
    void shouldCountATicket() throws IOException {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[256]);
        final EnterOrderEncoder order = new EnterOrderEncoder();
        order.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .session(0)
                .userRefIdx((short) 255)
                .side((byte) 'B')
                .userRefNum(1)
                .symbol(Ascii.pack("SPDL"))
                .quantity(5)
                .price(PRICE)
                .clOrdIdHigh(Ascii.BLANK)
                .clOrdIdLow(Ascii.BLANK)
                .timeInForce((byte) '0')
                .display((byte) 'Y')
                .capacity((byte) 'A')
                .interMarketSweep((byte) 'N')
                .crossType((byte) 'N')
                .putOptions(new byte[0], 0, 0);
        assertTrue(rig.control.send(buffer, 0, order.limit()));
        assertEnded(ORDERS_ACCEPTED);
        order.userRefNum(2).side((byte) 'X');
        assertTrue(rig.control.send(buffer, 0, order.limit()));
        assertEnded(REJECTED_BY_FIELDS);
    }

    @Test
    void shouldCountWhatTheLogHasNoRoomForAnsweredOrNot() {
        rig.fillLog(false);
        enter(1, 'B', 1, PRICE);
        assertEnded(REJECTED_BEFORE_ENGINE);
        assertEquals(0, rig.counters.get(LoopCounter.DROPPED_LOG_FULL));
        rig.fillLog(true);
        enter(2, 'B', 1, PRICE);
        assertEnded(REJECTED_BEFORE_ENGINE);
        assertEquals(1, rig.counters.get(LoopCounter.DROPPED_LOG_FULL));
    }

    @Test
    void shouldNotCountWhatIsReplayed() {
        enter(1, 'B', 100, PRICE);
        assertEnded(ORDERS_ACCEPTED);
        enter(2, 'X', 1, PRICE);
        assertEnded(REJECTED_BY_FIELDS);
        rig.restart();
        expectNone();
        assertEquals(1, rig.engine().orders().open());
        enter(3, 'B', 1, PRICE);
        assertEnded(ORDERS_ACCEPTED);
    }
}
