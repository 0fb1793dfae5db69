package io.spindle.feed;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.net.UnknownHostException;

class RequestBudgetTest {
    private final RequestBudget budget = new RequestBudget(10, 2);
    private final InetAddress first = address(1);
    private final InetAddress second = address(2);

    @Test
    void shouldAllowABurstAndNoMore() {
        assertTrue(budget.spend(first, 0));
        assertTrue(budget.spend(first, 0));
        assertFalse(budget.spend(first, 0));
    }

    @Test
    void shouldFillUpAtTheRate() {
        budget.spend(first, 0);
        budget.spend(first, 0);

        assertFalse(budget.spend(first, 99_999_999));
        assertTrue(budget.spend(first, 100_000_000));
        assertFalse(budget.spend(first, 100_000_000));
    }

    @Test
    void shouldNotSaveMoreThanABurst() {
        budget.spend(first, 0);
        final long muchLaterNs = 1_000_000_000_000L;

        assertTrue(budget.spend(first, muchLaterNs));
        assertTrue(budget.spend(first, muchLaterNs));
        assertFalse(budget.spend(first, muchLaterNs));
    }

    @Test
    void shouldNotLetOneAddressSpendForAnother() {
        budget.spend(first, 0);
        budget.spend(first, 0);

        assertTrue(budget.spend(second, 0));
    }

    @Test
    void shouldForgetWhoWasSilentLongestWhenTooManyAsk() {
        budget.spend(first, 0);
        budget.spend(first, 0);
        for (int i = 0; i < RequestBudget.MAX_ADDRESSES; i++) {
            budget.spend(address(100 + i), 0);
        }

        assertTrue(budget.spend(first, 0));
    }

    private static InetAddress address(final int number) {
        try {
            return InetAddress.getByAddress(
                    new byte[] {10, 0, (byte) (number >>> 8), (byte) number});
        } catch (final UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
