package io.spindle.mgmt.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.spindle.oms.command.CancelOrderDecoder;
import io.spindle.oms.command.TickDecoder;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** How much of what came in is in memory. */
class RecentCommandsTest {
    private static final int LENGTH = 436;

    private final RecentCommands recent = new RecentCommands();
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[LENGTH]);

    private void add(final long sequence, final int templateId) {
        recent.add(sequence, 10 * sequence, templateId, buffer, 0, LENGTH);
    }

    private List<Long> kept() {
        final List<Long> sequences = new ArrayList<>();
        recent.kept().forEach(one -> sequences.add(one.sequence()));
        return sequences;
    }

    @Test
    void shouldKeepTheNewestUpToSoManyBytes() {
        recent.keep(1_000);
        for (int sequence = 1; sequence <= 4; sequence++) {
            add(sequence, CancelOrderDecoder.TEMPLATE_ID);
        }
        add(5, TickDecoder.TEMPLATE_ID);
        assertEquals(List.of(3L, 4L), kept());
        assertEquals(2, recent.forgotten(5));
        assertEquals(20, recent.forgottenNs());
    }

    @Test
    void shouldKeepNothingUnlessToldTo() {
        add(1, CancelOrderDecoder.TEMPLATE_ID);
        add(2, CancelOrderDecoder.TEMPLATE_ID);
        assertFalse(recent.kept().iterator().hasNext());
        assertEquals(2, recent.forgotten(2));
    }
}
