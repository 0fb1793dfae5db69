package io.spindle.connector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.client.ClientOrder;
import io.spindle.journal.MediaThread;
import io.spindle.log.ControlClient;
import io.spindle.log.DataFolder;
import io.spindle.log.SmallTables;
import io.spindle.oms.Ascii;
import io.spindle.oms.NoEvents;
import io.spindle.oms.SampleMarket;
import io.spindle.oms.TradingEngine;
import io.spindle.oms.VenueTable;
import io.spindle.oms.command.DayStartEncoder;
import io.spindle.oms.command.DefineVenueEncoder;
import io.spindle.oms.command.MessageHeaderEncoder;
import io.spindle.oms.command.SetRoutingEncoder;
import io.spindle.oms.command.SyncVenueEncoder;
import io.spindle.replica.Replica;
import io.spindle.trading.LiveTrading;

import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/** A live appliance that routes all orders to a scripted venue, by connectors that may die. */
@Timeout(300)
class VenueConnectorTest {
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(90);
    private static final String VENUE = "XALT";

    @TempDir Path path;

    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(256);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final Deque<AutoCloseable> closing = new ArrayDeque<>();

    /** Lots of an order that the scripted venue refuses. */
    private static final long TOO_MANY = 2_000;

    private final List<VenueConnector> connectors = new ArrayList<>();
    private final List<Member> members = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private LiveTrading live;
    private ScriptedVenue venue;
    private ControlClient control;
    private Replica replica;
    private TradingEngine engine;

    private void open(final ScriptedVenue.Script script, final long timeoutNs) throws Exception {
        live = closing(new LiveTrading(path.resolve("data")));
        live.startSample();
        closing(new MediaThread(live.folder));
        venue =
                closing(
                        new ScriptedVenue(
                                new DataFolder(path.resolve("venue")),
                                script,
                                SampleMarket.session(0)));
        control = closing(ControlClient.open(live.folder));
        final NoEvents nothing = new NoEvents();
        replica = closing(new Replica(live.folder, SmallTables.CONFIG, nothing, nothing, nothing));
        engine = replica.engine();
        send(
                new DefineVenueEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .requestHigh(0)
                        .requestLow(0)
                        .venue(Ascii.packInt(VENUE) & 0xFFFF_FFFFL)
                        .perSecond(0)
                        .burst(0)
                        .timeoutNs(timeoutNs)
                        .enabled((short) 1)
                        .encodedLength());
        send(
                new SetRoutingEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .requestHigh(0)
                        .requestLow(0)
                        .accountHigh(Ascii.BLANK)
                        .accountLow(Ascii.BLANK)
                        .symbol(Ascii.BLANK)
                        .maxAgeNs(0)
                        .venue(Ascii.packInt(VENUE) & 0xFFFF_FFFFL)
                        .strategy((byte) 'C')
                        .encodedLength());
    }

    private <T extends AutoCloseable> T closing(final T resource) {
        closing.addFirst(resource);
        return resource;
    }

    private void send(final int encodedLength) throws IOException {
        assertTrue(control.send(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + encodedLength));
    }

    private VenueConnector connector(final int adapter) throws IOException {
        final VenueConnector connector =
                new VenueConnector(
                        live.folder,
                        SmallTables.CONFIG,
                        new ConnectorConfig(
                                VENUE,
                                adapter,
                                venue.address(),
                                SampleMarket.session(0),
                                SampleMarket.PASSWORD,
                                Optional.empty()),
                        lines::add);
        connectors.add(connector);
        return connector;
    }

    private Member member(final InetSocketAddress server, final int number) throws IOException {
        final Member member = closing(new Member(server, number));
        members.add(member);
        await(member::isUp);
        return member;
    }

    private InetSocketAddress appliance() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), live.ports.orderEntry());
    }

    private void await(final BooleanSupplier done) throws IOException {
        final long startNs = System.nanoTime();
        while (!done.getAsBoolean()) {
            final long nowNs = System.nanoTime();
            assertTrue(
                    nowNs - startNs < PATIENCE_NS, () -> "in time: " + lines + state() + members);
            turn(nowNs);
            LockSupport.parkNanos(100_000);
        }
    }

    private void turn(final long nowNs) throws IOException {
        replica.poll(8);
        for (final VenueConnector connector : connectors) {
            connector.doWork(nowNs);
        }
        members.forEach(member -> member.poll(nowNs));
    }

    private String state() {
        final int number = engine.venues().find(Ascii.packInt(VENUE));
        return number < 0
                ? " no venue"
                : " state "
                        + engine.venues().state(number)
                        + ", reports "
                        + engine.venues().lastSequence(number)
                        + ", sync "
                        + engine.venues().sync(number)
                        + ", orders "
                        + engine.orders().open();
    }

    private void awaitOpen() throws IOException {
        await(() -> connectors.stream().anyMatch(VenueConnector::isOpen));
        await(() -> engine.venues().count() > 0 && engine.venues().state(0) == VenueTable.OPEN);
    }

    @AfterEach
    void close() throws Exception {
        for (final VenueConnector connector : connectors) {
            connector.close();
        }
        for (final AutoCloseable resource : closing) {
            resource.close();
        }
    }

    private long lots(final int session) {
        final int account =
                engine.accounts().find(Ascii.pack(SampleMarket.session(session)), Ascii.BLANK);
        return engine.holdings().lots(engine.holdings().find(account, 1));
    }

    /**
     * Enters again what was refused while the venue could only cancel, until all but what is too
     * large for the venue is open; returns the lots of it.
     */
    private long awaitTaken(final Member member, final List<ClientOrder> orders)
            throws IOException {
        while (true) {
            await(() -> orders.stream().noneMatch(o -> o.status() == ClientOrder.Status.SENT));
            final List<ClientOrder> refused =
                    orders.stream()
                            .filter(o -> o.status().isFinal() && member.lots(o) < TOO_MANY)
                            .toList();
            if (refused.isEmpty()) {
                return orders.stream().mapToLong(ClientOrder::leaves).sum();
            }
            orders.removeAll(refused);
            refused.forEach(o -> orders.add(member.enter('B', member.lots(o))));
        }
    }

    /** What the venue's other side sold is what the account here has bought, to the lot. */
    @Test
    void shouldLoseAndDoubleNothingWhenAConnectorDiesMidStream() throws Exception {
        open(new ScriptedVenue.Script(5, 10, 0, 0, 1_000), 0);
        connector(1);
        connector(2);
        awaitOpen();
        final Member here = member(appliance(), 1);
        final Member there = member(venue.address(), 2);
        final List<ClientOrder> buys = new ArrayList<>();
        await(() -> lots(1) > 0);
        final long before = lots(1);
        for (int i = 0; i < 200; i++) {
            buys.add(here.enter('B', i % 20 == 7 ? TOO_MANY : 10 + i % 5));
            if (i == 100) {
                connectors.removeFirst().close(); // as dead as by kill -9: it says nothing more
            }
            turn(System.nanoTime());
        }
        final long sold = awaitTaken(here, buys);
        final List<ClientOrder> sells = new ArrayList<>();
        for (long left = sold; left > 0; left -= 1_000) {
            sells.add(there.enter('S', Math.min(left, 1_000)));
        }
        await(() -> buys.stream().allMatch(order -> order.status().isFinal()));
        await(() -> sells.stream().allMatch(order -> order.status().isFinal()));
        assertEquals(10, buys.stream().filter(order -> order.executed() == 0).count());
        assertEquals(sold, buys.stream().mapToLong(ClientOrder::executed).sum());
        assertEquals(sold, sells.stream().mapToLong(ClientOrder::executed).sum());
        await(() -> lots(1) == before + sold);
        assertEquals(0, engine.venues().differences(0));
        assertEquals(2, engine.venues().adapter(0));
        assertEquals(0, engine.illegalTransitions());
    }

    @Test
    void shouldObeyTheAnnouncedRateAndCancelAtTheVenue() throws Exception {
        open(new ScriptedVenue.Script(0, 0, 20, 2, 0), 0);
        connector(1);
        awaitOpen();
        final Member here = member(appliance(), 1);
        final List<ClientOrder> orders = new ArrayList<>();
        final long startNs = System.nanoTime();
        for (int i = 0; i < 12; i++) {
            orders.add(here.enter('B', 5));
        }
        await(() -> orders.stream().anyMatch(o -> o.status() == ClientOrder.Status.LIVE));
        Thread.sleep(400); // the connector is away; what was due meanwhile must not leave at once
        await(() -> orders.stream().allMatch(o -> o.status() == ClientOrder.Status.LIVE));
        assertTrue(System.nanoTime() - startNs > TimeUnit.MILLISECONDS.toNanos(450), "10 at 20/s");
        orders.forEach(order -> here.cancel(order));
        await(() -> orders.stream().allMatch(o -> o.status() == ClientOrder.Status.CANCELED));
        connectors.getFirst().stop();
        await(() -> engine.venues().state(0) == VenueTable.DOWN);
    }

    @Test
    void shouldCompareWhenAnOperatorAsks() throws Exception {
        open(new ScriptedVenue.Script(0, 0, 0, 0, 0), TimeUnit.MINUTES.toNanos(1));
        connector(1);
        awaitOpen();
        final Member here = member(appliance(), 1);
        final ClientOrder order = here.enter('B', 5);
        await(() -> order.status() == ClientOrder.Status.LIVE);
        final int before = engine.venues().sync(0);
        send(
                new SyncVenueEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .requestHigh(0)
                        .requestLow(0)
                        .venue(Ascii.packInt(VENUE) & 0xFFFF_FFFFL)
                        .encodedLength());
        await(
                () ->
                        engine.venues().sync(0) > before
                                && engine.venues().state(0) == VenueTable.OPEN);
        assertEquals(0, engine.venues().differences(0));
        assertEquals(ClientOrder.Status.LIVE, order.status());
    }

    private void startDayAtVenue(final int date) throws IOException {
        try (ControlClient there = ControlClient.open(new DataFolder(path.resolve("venue")))) {
            final int length =
                    new DayStartEncoder()
                            .wrapAndApplyHeader(buffer, 0, header)
                            .date(date)
                            .epoch((short) 1)
                            .encodedLength();
            assertTrue(there.send(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + length));
        }
    }

    /** A day's end that is heard leaves no difference; a fill before it that was not, one. */
    @Test
    void shouldCloseAndTellWhatWasNotHeardBeforeTheVenuesDayEnded() throws Exception {
        open(new ScriptedVenue.Script(0, 0, 0, 0, 0), 0);
        connector(1);
        awaitOpen();
        final Member here = member(appliance(), 1);
        final ClientOrder heard = here.enter('B', 5);
        await(() -> heard.status() == ClientOrder.Status.LIVE);
        startDayAtVenue(20260103);
        await(() -> heard.status() == ClientOrder.Status.CANCELED);
        awaitOpen();
        final ClientOrder order = here.enter('B', 100);
        await(() -> order.status() == ClientOrder.Status.LIVE);
        connectors.removeFirst().close();
        final Member there = member(venue.address(), 2);
        final ClientOrder unheard = there.enter('S', 40);
        await(() -> unheard.status() == ClientOrder.Status.FILLED);
        startDayAtVenue(20260104);
        await(() -> !there.isUp());
        connector(2);
        await(() -> engine.venues().adapter(0) == 2);
        awaitOpen();
        assertEquals(0, IntStream.range(0, engine.legs().highWater()).filter(this::isLive).count());
        assertEquals(1, engine.venues().differences(0), lines::toString);
        await(() -> order.status() == ClientOrder.Status.CANCELED);
        assertEquals(0, engine.illegalTransitions());
    }

    private boolean isLive(final int leg) {
        return engine.legs().isLive(leg);
    }
}
