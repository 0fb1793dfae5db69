package io.spindle.oms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.oms.command.MessageHeaderEncoder;
import io.spindle.oms.command.SetTradingStateEncoder;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A trading state that is set only out of the state that the sender expects. */
class ExpectedStateTest {
    private final Market market = Market.sample();
    private final Desk desk = new Desk(market);

    @AfterEach
    void shouldReplay() {
        final Market again = market.replay(EngineConfig.small());
        assertEquals(market.engine.eventDigest(), again.engine.eventDigest());
        assertEquals(market.engine.stateHash(), again.engine.stateHash());
    }

    /** The answer to a request. */
    private String answer(final long request, final char state, final char expected) {
        return market.tradingState("SPDL", request, state, expected).getLast();
    }

    private void assertState(final char state) {
        assertEquals(state, (char) market.engine.instruments().tradingState(1));
    }

    @Test
    void shouldChangeNothingInAnotherStateThanExpected() {
        market.tradingState(1, 'H');
        assertEquals("result 0.2 STATE_CHANGED", answer(2, 'T', 'P'));
        assertState('H');
        assertEquals("result 0.3 NONE", answer(3, 'X', 'H'));
        assertState('X');
        assertEquals("result 0.2 STATE_CHANGED", answer(2, 'T', 'X'), "it was asked before");
        assertEquals("result 0.4 STATE_CHANGED", answer(4, 'D', 'H'));
        assertEquals("result 0.5 STATE_CHANGED", answer(5, 'X', 'D'));
        assertState('X');
    }

    @Test
    void shouldCallNoAuctionOffWhenRefused() {
        market.tradingState(1, 'P');
        market.enter(0, 1, 'B', 10, 100_000);
        market.enter(1, 1, 'S', 10, 100_000);
        assertEquals("result 0.2 NONE", answer(2, 'T', 'P'));
        assertEquals("result 0.3 STATE_CHANGED", answer(3, 'P', 'T'));
        assertTrue(desk.proceed().contains("executed 0#1 10@100000 maker match=1 leaves=0"));
        assertState('T');
    }

    /** What stands behind it in the log is not its own. */
    @Test
    void shouldExpectNothingInACommandOfAnOlderLog() {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[64]);
        new SetTradingStateEncoder()
                .wrapAndApplyHeader(buffer, 0, market.header)
                .requestHigh(0)
                .requestLow(1)
                .symbol(Ascii.pack("SPDL"))
                .state((byte) 'H')
                .expected((byte) 'P');
        final int older = SetTradingStateEncoder.expectedEncodingOffset();
        market.header.wrap(buffer, 0).blockLength(older).version(1);
        market.onCommand(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + older);
        assertEquals("result 0.1 NONE", market.events.take().getLast());
        assertState('H');
    }
}
