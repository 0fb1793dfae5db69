package io.spindle.sys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.TreeMap;

/** Results, errors and memory of the bound libc. */
class LibcTest {
    private final Libc libc = new Libc();

    @Test
    void shouldReturnTheNegatedErrnoOfAFailedCall() {
        assertEquals(-9, libc.close(-1));
        assertEquals(-Errno.EINVAL, libc.munmap(1, 1));
    }

    @Test
    void shouldNameTheErrorInTheMessage() {
        final SystemCallException failure =
                assertThrows(
                        SystemCallException.class,
                        () -> SystemCallException.check("socket", libc.socket(-1, 0, 0)));
        assertEquals(97, failure.errno());
        assertEquals("socket: errno (97)", failure.getMessage());
        assertEquals("EBUSY, in use (16)", Errno.text(-Errno.EBUSY));
    }

    @Test
    void shouldMapZeroedMemoryAndGiveItBack() {
        final Region region = Region.allocate(8192);
        region.buffer().putLong(8184, 42);
        assertEquals(0, region.buffer().getLong(0));
        assertEquals(0, region.address() % 4096);
        assertEquals(0, region.lock());
        region.close();
        region.close();
        assertEquals(0, region.buffer().capacity());
    }

    @Test
    void shouldFallBackToOrdinaryPagesWhenThereAreNoHugeOnes() {
        try (Region region = Region.allocateHuge(1 << 20)) {
            assertTrue(region.length() >= 1 << 20);
            assertEquals(region.huge() ? 2 << 20 : 1 << 20, region.length());
        }
    }

    @Test
    void shouldRefuseToMapWhatIsNotThere() {
        assertThrows(IllegalStateException.class, () -> Region.share(-1, 0, 4096));
    }

    @Test
    void shouldFindOnlyWhatTheProcessExports() {
        assertTrue(Libc.exports("recvmmsg"));
        assertFalse(Libc.exports("no_such_function_anywhere"));
        assertThrows(UnsatisfiedLinkError.class, LibcBindings::onloadIsPresent);
    }

    @Test
    void shouldNotSeeOnloadWhereItIsNotPreloaded() {
        assertFalse(Onload.isPresent());
        final Map<String, String> environment =
                new TreeMap<>(Map.of("EF_POLL_USEC", "100000", "HOME", "/", "EF_B", "1"));
        assertEquals("EF_B=1 EF_POLL_USEC=100000", Onload.settings(environment));
    }
}
