package io.spindle.nic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** How a backend is chosen, and how a choice is refused. */
class NicQueuesTest {
    private final List<String> report = new ArrayList<>();

    @Test
    void shouldStepDownToTheSocketAndSayWhy() {
        try (NicQueue queue = NicQueues.open(new NicContext().port(0).conclude(), report::add)) {
            assertEquals("socket", queue.info().backend());
            assertTrue(queue.info().reason().startsWith("auto:"), queue.info().reason());
            assertEquals(NicBackend.values().length, report.size());
            assertTrue(report.getLast().contains(queue.info().reason()));
        }
    }

    @Test
    void shouldSayThatABackendWasAskedForByName() {
        final NicConfig config = new NicContext().backend("socket").port(0).conclude();
        try (NicQueue queue = NicQueues.open(config, report::add)) {
            assertEquals("asked for by name", queue.info().reason());
            assertEquals(1, report.size());
        }
    }

    @Test
    void shouldRefuseABackendItHasNeverHeardOf() {
        final NicConfig config = new NicContext().backend("carrier-pigeon").conclude();
        final NicRefusedException refusal =
                assertThrows(NicRefusedException.class, () -> NicQueues.open(config, report::add));
        assertTrue(refusal.getMessage().contains("carrier-pigeon"));
        assertTrue(refusal.getMessage().contains("socket"));
    }

    @Test
    void shouldListEveryViolationAtOnce() {
        final NicContext context =
                new NicContext().port(70_000).ringFrames(100).burstFrames(0).queue(-1);
        final String message =
                assertThrows(IllegalArgumentException.class, context::conclude).getMessage();
        for (final String name : List.of("port=70000", "ringFrames=100", "burstFrames=0")) {
            assertTrue(message.contains(name), message);
        }
    }

    @Test
    void shouldReadAndPrintAddresses() {
        assertEquals(0x7F000001, Ipv4.parse("127.0.0.1"));
        assertEquals("239.192.64.1", Ipv4.text(Ipv4.parse("239.192.64.1")));
        for (final String bad : List.of("1.2.3", "1.2.3.256", "a.b.c.d", "1.2.3.4.5", "")) {
            assertThrows(IllegalArgumentException.class, () -> Ipv4.parse(bad), bad);
        }
    }
}
