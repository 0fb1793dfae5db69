package io.spindle.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortsTest {
    @Test
    void shouldMoveAllPortsTogether() {
        final Ports ports = new Ports(30000);
        assertEquals(30000, ports.orderEntry());
        assertEquals(30010, ports.lineA());
        assertEquals(30011, ports.lineB());
        assertEquals(30020, ports.rerequest());
        assertEquals(30021, ports.snapshot());
        assertEquals(30022, ports.dropCopy());
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1023, 65514, 70000})
    void shouldRefuseABaseThatLeavesNoRoom(final int base) {
        assertThrows(IllegalArgumentException.class, () -> new Ports(base));
    }
}
