package io.spindle.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.client.ClientOrder;
import io.spindle.client.ClientOrder.Status;
import io.spindle.sim.SimFaults;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** However bad the wire, each order happens once and both ends agree on how it ended. */
class ExactlyOnceSimulationTest {
    private static final int PERCENT = 10_000;
    private static final int WINDOW = 100;
    private static final int MAX_TURNS = 50_000_000;
    private static final int MAX_LOGIN_TURNS = 1_000_000;
    private static final int RESTART_TURNS = 500;

    /** A fifth lost, a tenth twice, a tenth overtaken, up to 300 µs on the way. */
    private static final SimFaults BAD =
            new SimFaults(20 * PERCENT, 10 * PERCENT, 10 * PERCENT, 10_000, 300_000, 500_000);

    private static final SimFaults WORST =
            new SimFaults(30 * PERCENT, 30 * PERCENT, 30 * PERCENT, 10_000, 900_000, 2_000_000);

    @TempDir Path folder;

    private final List<ClientOrder> orders = new ArrayList<>();

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 20261120})
    void shouldExecuteEachOrderOnce(final long seed) {
        try (TradingRig rig = new TradingRig(folder, seed, BAD)) {
            trade(rig, 5_000, seed, false);
        }
    }

    @Test
    void shouldExecuteEachOrderOnceOverRestartsInTheMiddle() {
        try (TradingRig rig = TradingRig.unrecorded(folder, 77, BAD)) {
            trade(rig, 4_000, 77, true);
        }
    }

    @Test
    void shouldExecuteTwoHundredThousandOrdersOnceEachOnTheWorstWire() {
        try (TradingRig rig = new TradingRig(folder, 3, WORST)) {
            trade(rig, 200_000, 3, false);
        }
    }

    /** Buys and sells one lot at one price in turns, so that all of them trade. */
    private void trade(
            final TradingRig rig, final int count, final long seed, final boolean restarting) {
        final SimClient buyer = connect(rig, 0);
        final SimClient seller = connect(rig, 1);
        int turns = 0;
        int restarts = 0;
        while (orders.size() < count || !isSettled(buyer, seller)) {
            while (orders.size() < count
                    && buyer.desk.unanswered() + seller.desk.unanswered() < WINDOW) {
                orders.add(buyer.enter('B', 1, "10.00"));
                orders.add(seller.enter('S', 1, "10.00"));
            }
            rig.run(1);
            turns++;
            if (restarting && turns % RESTART_TURNS == 0) {
                rig.restart();
                restarts++;
            }
            assertTrue(turns < MAX_TURNS, () -> "stuck, seed " + seed);
        }
        assertEquals(restarting, restarts > 0);
        rig.runFor(50_000_000);
        for (final ClientOrder order : orders) {
            assertEquals(Status.FILLED, order.status(), "seed " + seed);
            assertEquals(1, order.executed(), "seed " + seed);
        }
        assertEquals(0, rig.engine().orders().open());
        assertEquals(rig.engine().sessions().nextOutboundSequence(0), buyer.session.expected());
        assertEquals(rig.engine().sessions().nextOutboundSequence(1), seller.session.expected());
    }

    private static SimClient connect(final TradingRig rig, final int number) {
        final SimClient client = rig.client(number);
        client.keepReports = false;
        client.session.login(rig.nowNs());
        for (int turns = 0; !client.session.isUp(); turns++) {
            assertTrue(turns < MAX_LOGIN_TURNS, () -> "no login of client " + number);
            rig.run(1);
        }
        return client;
    }

    private boolean isSettled(final SimClient buyer, final SimClient seller) {
        return buyer.desk.unanswered() == 0
                && seller.desk.unanswered() == 0
                && orders.getLast().status().isFinal()
                && orders.get(orders.size() - 2).status().isFinal()
                && orders.stream().allMatch(order -> order.status().isFinal());
    }
}
