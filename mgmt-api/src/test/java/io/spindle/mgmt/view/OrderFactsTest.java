package io.spindle.mgmt.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.mgmt.control.DayCommands;
import io.spindle.mgmt.control.RiskCommands;
import io.spindle.mgmt.control.RoutingCommands;
import io.spindle.mgmt.model.Order;
import io.spindle.mgmt.model.Order.Cause;
import io.spindle.mgmt.model.OrderId;
import io.spindle.mgmt.model.OrderRequest.Status;
import io.spindle.mgmt.model.OrderRequest.Step;
import io.spindle.mgmt.testing.Market;
import io.spindle.mgmt.testing.VenueScript;
import io.spindle.oms.Ascii;
import io.spindle.oms.OptionBlock;
import io.spindle.oms.OrderState;
import io.spindle.oms.command.EnterOrderEncoder;
import io.spindle.oms.command.MessageHeaderEncoder;
import io.spindle.oms.command.OrderOptionsEncoder;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** What the view tells of orders that are more than a plain order in the book here. */
class OrderFactsTest {
    private final Market market = new Market();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final UnsafeBuffer optionBytes = new UnsafeBuffer(new byte[OptionBlock.LENGTH]);
    private final List<Cause> causes = new ArrayList<>();

    /** Listens to the orders of TEST00. */
    OrderFactsTest() {
        market.view.addListener(
                fact -> {
                    if (fact instanceof final Order order && order.account().equals("TEST00")) {
                        causes.add(order.cause());
                    }
                });
    }

    @Test
    void shouldFollowAnIcebergsReferenceSoThatItCanBeCancelled() {
        enter(1, 'S', "SPDL", 10_0000, asked -> asked.maxFloor(10));
        final long first = order(1).orderReference();
        market.enter(2, 'B', "SPDL", 10, 10_0000);
        final long now = reference(1);
        assertNotEquals(first, now);
        assertEquals(now, order(1).orderReference());
        assertEquals(OrderState.PARTIALLY_FILLED, order(1).state());
        assertEquals(List.of(Cause.ACCEPTED, Cause.EXECUTED, Cause.RESTATED), causes);
        market.log.post(RiskCommands.cancelOrder(UUID.randomUUID(), target(1), "OPS"));
        market.finishSlices();
        assertEquals(OrderState.CANCELLED, order(1).state());
    }

    @Test
    void shouldTellThatAStopHasFired() {
        enter(1, 'B', "SPDL", 10_0100, asked -> asked.stopPrice(10_0000).trigger((byte) 'L'));
        market.enter(1, 'S', "SPDL", 5, 10_0000);
        market.enter(2, 'B', "SPDL", 5, 10_0000);
        market.finishSlices();
        assertEquals(List.of(Cause.ACCEPTED, Cause.TRIGGERED), causes);
        assertEquals(OrderState.ACCEPTED, order(1).state());
    }

    @Test
    void shouldKnowAnOrderThatIsWhollyAwayBeforeTheVenueAnswers() {
        final VenueScript venue = routed();
        market.enter(0, 'B', "SPDL", 30, 10_0000);
        assertEquals(OrderState.SUBMITTED, order(1).state());
        assertEquals(30, order(1).leaves());
        assertEquals(reference(1), order(1).orderReference());
        assertEquals(List.of(Status.RECEIVED, Status.SUBMITTED), request(1));
        venue.report('A', 1, 30, 0);
        venue.report('E', 1, 30, 9_9000);
        assertEquals(List.of(Cause.SUBMITTED, Cause.ACCEPTED, Cause.EXECUTED), causes);
        assertEquals(OrderState.FILLED, order(1).state());
        assertEquals(List.of(Status.RECEIVED, Status.SUBMITTED, Status.ACCEPTED), request(1));
    }

    @Test
    void shouldEndAnOrderThatItsOnlyVenueRefuses() {
        final VenueScript venue = routed();
        market.enter(0, 'B', "SPDL", 30, 10_0000);
        venue.report('J', 1, 30, 0);
        assertEquals(List.of(Cause.SUBMITTED, Cause.REJECTED), causes);
        assertEquals("VENUE_REJECTED", order(1).reason());
        assertEquals(List.of(Status.RECEIVED, Status.SUBMITTED, Status.REJECTED), request(1));
    }

    @Test
    void shouldTellOfAnOrderThatWasHeldAndThenWentAway() {
        final VenueScript venue = routed();
        hold();
        market.enter(0, 'B', "SPDL", 30, 10_0000);
        release(1);
        final long released = now();
        assertEquals(OrderState.SUBMITTED, order(1).state());
        assertEquals(List.of(Status.RECEIVED, Status.HELD, Status.SUBMITTED), request(1));
        venue.report('A', 1, 30, 0);
        assertEquals(List.of(Cause.HELD, Cause.SUBMITTED, Cause.ACCEPTED), causes);
        assertEquals(
                List.of(Status.RECEIVED, Status.HELD, Status.SUBMITTED, Status.ACCEPTED),
                request(1));
        assertEquals(released, order(1).submittedNs(), "whenever the venue answers");
    }

    @Test
    void shouldSubmitAnOrderAtOnceUnlessItWaits() {
        market.enter(0, 'B', "SPDL", 30, 10_0000);
        final long entered = now();
        market.enter(2, 'S', "SPDL", 10, 10_0000);
        assertEquals(entered, order(1).createdNs());
        assertEquals(entered, order(1).submittedNs());
        final int second = market.replace(0, 1, 40, 10_0000);
        assertEquals(entered, order(second).createdNs());
        assertEquals(now(), order(second).submittedNs());
        market.enter(0, 'B', "NONE", 1, 10_0000);
        assertEquals(0, order(3).submittedNs(), "it was refused");
    }

    @Test
    void shouldSubmitAHeldOrderWhenItIsReleased() {
        hold();
        market.enter(0, 'B', "SPDL", 30, 10_0000);
        final long entered = now();
        assertEquals(0, order(1).submittedNs());
        release(1);
        final long released = now();
        market.enter(2, 'S', "SPDL", 10, 10_0000);
        assertEquals(entered, order(1).createdNs());
        assertEquals(released, order(1).submittedNs());
        market.enter(0, 'B', "SPDL", 30, 10_0000);
        market.log.post(RiskCommands.authorise(UUID.randomUUID(), target(2), false, "OPS"));
        assertEquals(0, order(2).submittedNs(), "it never went");
    }

    @Test
    void shouldSubmitAChildWhenItsParentIsDone() {
        enter(1, 'S', "SPDL", 11_0000, asked -> asked.linkRole((byte) 'T').linkId(0));
        enter(2, 'B', "SPDL", 10_0000, asked -> asked.linkRole((byte) 'P').linkId(1));
        final long entered = now();
        assertEquals(OrderState.ACCEPTED, order(1).state());
        assertEquals(0, order(1).submittedNs(), "it sleeps");
        assertEquals(entered, order(2).submittedNs());
        market.enter(2, 'S', "SPDL", 100, 10_0000);
        final long done = now();
        market.finishSlices();
        assertEquals(OrderState.ACCEPTED, order(1).state());
        assertTrue(order(1).submittedNs() >= done, "its parent is done");
        assertTrue(order(1).submittedNs() <= now());
        assertEquals(entered, order(2).submittedNs());
    }

    /** In a call its parent's end does not bring it to the book, but the next replace does. */
    @Test
    void shouldSubmitAReplacedChildOnceItSleepsNoMore() {
        enter(1, 'S', "SPDL", 11_0000, asked -> asked.linkRole((byte) 'T').linkId(0));
        enter(2, 'B', "SPDL", 10_0000, asked -> asked.linkRole((byte) 'P').linkId(1));
        market.enter(0, 'B', "NONE", 1, 10_0000); // the market's own count comes to 2, too
        market.enter(0, 'B', "NONE", 1, 10_0000);
        final int asleep = market.replace(0, 1, 100, 11_0100);
        assertEquals(0, order(asleep).submittedNs());
        market.enter(2, 'S', "SPDL", 40, 10_0000);
        market.state("SPDL", 'P');
        market.cancel(0, 2, 0);
        assertEquals(40, order(asleep).leaves(), "its parent is done");
        assertEquals(0, order(asleep).submittedNs());
        final int awake = market.replace(0, asleep, 40, 11_0200);
        final long replaced = now();
        market.state("SPDL", 'T');
        market.finishSlices();
        assertEquals(replaced, order(awake).submittedNs());
    }

    @Test
    void shouldTellThatADayOrderHasExpiredWithItsDay() throws IOException {
        market.enter(0, 'B', "SPDL", 30, 10_0000);
        market.desk.post(DayCommands.dayStart(20300102));
        market.finishSlices();
        assertEquals(OrderState.EXPIRED, order(1).state());
        assertEquals("T", order(1).reason());
    }

    @Test
    void shouldTellThatAHeldDayOrderHasExpiredWithItsDay() throws IOException {
        hold();
        market.enter(0, 'B', "SPDL", 30, 10_0000);
        market.desk.post(DayCommands.dayStart(20300102));
        market.finishSlices();
        assertEquals(OrderState.EXPIRED, order(1).state());
        assertEquals("EXPIRED_WHILE_HELD", order(1).reason());
        assertEquals(List.of(Status.RECEIVED, Status.HELD, Status.EXPIRED), request(1));
    }

    @Test
    void shouldTellOnceOfAnOrderThatComesToTheBookHere() {
        market.enter(0, 'B', "SPDL", 30, 10_0000);
        assertEquals(List.of(Cause.ACCEPTED), causes);
    }

    @Test
    void shouldFileARefusedOrderUnderTheAccountThatItWasFor() {
        enter(
                1,
                'B',
                "NONE",
                10_0000,
                asked ->
                        asked.accountHigh(Ascii.pack("TEST01"))
                                .accountLow(Ascii.BLANK)
                                .strategyId(77));
        assertEquals("SYMBOL", order(1).reason());
        assertEquals("TEST01", order(1).account());
        assertEquals(77, order(1).kind().strategyId());
        enter(
                2,
                'B',
                "SPDL",
                10_0000,
                asked -> asked.accountHigh(Ascii.pack("NOBODY")).accountLow(Ascii.BLANK));
        assertEquals(OrderState.REJECTED, order(2).state());
        assertEquals("NOBODY", order(2).account());
        enter(3, 'B', "NONE", 10_0000, asked -> asked.strategyId(78));
        assertEquals("TEST00", order(3).account(), "nothing said, so the session's own");
        assertEquals(78, order(3).kind().strategyId());
    }

    @Test
    void shouldKeepARefusedReplacementWithWhatWasAskedFor() {
        enter(1, 'B', "SPDL", 10_0000, asked -> asked.strategyId(77));
        market.enter(0, 'B', "NONE", 1, 10_0000); // the market's own count comes to 1, too
        final int second = market.replace(0, 1, 150, 10_0001);
        final Order refused = order(second);
        assertEquals("PRICE", refused.reason());
        assertEquals("SPDL", refused.instrument().symbol());
        assertEquals('B', refused.side());
        assertEquals(150, refused.quantity());
        assertEquals(10_0001, refused.price());
        assertEquals("TEST00", refused.account());
        assertEquals(77, refused.kind().strategyId());
        assertNull(refused.origin(), "it took nobody's place");
        assertEquals("U", order(1).reason());
    }

    private VenueScript routed() {
        final VenueScript venue = new VenueScript(market.log, "XALT");
        market.log.post(
                RoutingCommands.setRouting(
                        UUID.randomUUID(), "", "", 'C', "XALT", TimeUnit.SECONDS.toNanos(1)));
        return venue;
    }

    /** Orders of SPDL from 20 lots on. */
    private void hold() {
        final RiskCommands.Rule hold =
                new RiskCommands.Rule(1, 'A', "", "SPDL", 20, 0, TimeUnit.SECONDS.toNanos(90));
        market.log.post(RiskCommands.setRule(UUID.randomUUID(), hold));
    }

    private void release(final int number) {
        market.log.post(RiskCommands.authorise(UUID.randomUUID(), target(number), true, "OPS"));
    }

    /** Of the last command. */
    private long now() {
        return market.log.timeNs(market.log.lastSequence());
    }

    private static OrderId id(final int number) {
        return new OrderId("TEST00", 0, number);
    }

    private Order order(final int number) {
        return market.view.read(now -> now.orders().find(id(number)).orElseThrow());
    }

    private RiskCommands.Target target(final int number) {
        return market.view.read(now -> RiskCommands.Target.find(now, id(number)).orElseThrow());
    }

    private List<Status> request(final int number) {
        return market.view.read(
                now ->
                        now.requests().find(id(number)).orElseThrow().history().stream()
                                .map(Step::status)
                                .toList());
    }

    /** As the engine has it. */
    private long reference(final int number) {
        return market.view.read(
                now -> {
                    final var orders = now.engine().orders();
                    return orders.orderReference(orders.find(0, 0, number));
                });
    }

    /** 100 lots for TEST00, good till cancelled. */
    private void enter(
            final int number,
            final char side,
            final String symbol,
            final long price,
            final Consumer<OrderOptionsEncoder> options) {
        options.accept(
                OptionBlock.begin(
                        new OrderOptionsEncoder(), new MessageHeaderEncoder(), optionBytes, 0));
        market.log.append(
                buffer -> {
                    final EnterOrderEncoder command = new EnterOrderEncoder();
                    command.wrapAndApplyHeader(buffer, 0, header)
                            .session(0)
                            .userRefIdx((short) 0)
                            .side((byte) side)
                            .userRefNum(number)
                            .symbol(Ascii.pack(symbol))
                            .quantity(100)
                            .price(price)
                            .clOrdIdHigh(Ascii.pack("C" + number))
                            .clOrdIdLow(Ascii.BLANK)
                            .timeInForce((byte) '1')
                            .display((byte) 'Y')
                            .capacity((byte) 'A')
                            .interMarketSweep((byte) 'N')
                            .crossType((byte) 'N')
                            .putOptions(optionBytes, 0, OptionBlock.LENGTH);
                    return command.limit();
                });
    }
}
