package io.spindle.perf.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

class OrderFlowTest {
    private static final int MESSAGES = 50_000;
    private static final FlowModel MODEL = FlowModel.lively(42, 3);

    @Test
    void shouldMakeTheSameMessagesFromTheSameSeed() {
        assertEquals(texts(FlowModel.lively(7, 3)), texts(FlowModel.lively(7, 3)));
        assertNotEquals(texts(FlowModel.lively(7, 3)), texts(FlowModel.lively(8, 3)));
    }

    @Test
    void shouldNumberTheOrdersOfASessionWithoutGapsAndInTimeOrder() {
        final int[] last = new int[MODEL.sessions()];
        final OrderFlow flow = new OrderFlow(MODEL);
        final FlowMessage message = new FlowMessage();
        long before = 0;
        for (int i = 0; i < MESSAGES; i++) {
            flow.next(message);
            assertTrue(message.timeNs >= before);
            before = message.timeNs;
            if (message.kind != FlowMessage.Kind.CANCEL) {
                assertEquals(++last[message.session], message.number);
            }
        }
    }

    @Test
    void shouldCancelAndReplaceOnlyOrdersThatWereEnteredAndNeverTwice() {
        final OrderFlow flow = new OrderFlow(MODEL);
        final FlowMessage message = new FlowMessage();
        final Set<List<Integer>> resting = new HashSet<>();
        for (int i = 0; i < MESSAGES; i++) {
            flow.next(message);
            final List<Integer> name = List.of(message.session, message.number);
            switch (message.kind) {
                case ENTER -> {
                    if (!message.immediate) {
                        resting.add(name);
                    }
                }
                case REPLACE -> {
                    assertTrue(resting.remove(List.of(message.session, message.originalNumber)));
                    resting.add(name);
                }
                case CANCEL -> assertTrue(resting.remove(name));
            }
        }
    }

    @Test
    void shouldMixMakersTakersCancelsAndReplacesOverAllInstruments() {
        final OrderFlow flow = new OrderFlow(MODEL);
        final FlowMessage message = new FlowMessage();
        final int[] kinds = new int[FlowMessage.Kind.values().length];
        final int[] instruments = new int[MODEL.instruments()];
        int takes = 0;
        for (int i = 0; i < MESSAGES; i++) {
            flow.next(message);
            kinds[message.kind.ordinal()]++;
            instruments[message.instrument]++;
            takes += message.immediate ? 1 : 0;
            assertEquals(message.immediate, message.session >= MODEL.makers());
        }
        for (final int count : kinds) {
            assertTrue(
                    count > MESSAGES / 50, () -> "kinds " + List.of(kinds[0], kinds[1], kinds[2]));
        }
        for (final int count : instruments) {
            assertTrue(count > MESSAGES / 4);
        }
        assertTrue(takes > MESSAGES / 20, "takes " + takes);
    }

    @Test
    void shouldRefuseAModelWhoseBurstsNeverEnd() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new FlowModel(1, 1, 1, 1, 100, 1, 1, 1, 1, 1.0, 1));
        assertThrows(
                IllegalArgumentException.class,
                () -> new FlowModel(1, 0, 1, 1, 100, 1, 1, 1, 1, 0.5, 1));
    }

    private static List<String> texts(final FlowModel model) {
        final OrderFlow flow = new OrderFlow(model);
        final FlowMessage message = new FlowMessage();
        final List<String> texts = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            flow.next(message);
            texts.add(
                    message.kind
                            + " "
                            + message.timeNs
                            + ' '
                            + message.session
                            + ' '
                            + message.number
                            + ' '
                            + message.priceTicks
                            + ' '
                            + message.quantity);
        }
        return texts;
    }
}
