package io.spindle.oms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;

/** Several currencies of one account: never netted, whatever the other holds. */
class CurrenciesTest {
    private static final long UNIT = 10_000;

    private final Market market = Market.sample();
    private final Desk desk = new Desk(market);
    private int rich;
    private int other;

    @BeforeEach
    void open() {
        new CommandBatch(market, 0, 0)
                .instrument(
                        new CommandBatch.Instrument(
                                "EURO", "EUR", 100, 1, 1, 1_000_000, 199_999_9900L, 4, 0))
                .commit();
        desk.member("RICH", AccountTable.FLAG_SHORT_SELLING, 0);
        desk.member("OTHER", AccountTable.FLAG_SHORT_SELLING, 0);
        new CommandBatch(market, 0, 0)
                .cash("RICH", "USD", 1_000_000 * UNIT)
                .cash("RICH", "EUR", 100 * UNIT)
                .cash("OTHER", "EUR", 100 * UNIT)
                .commit();
        desk.fees(1, 0, 10_000);
        desk.accountFees("RICH", 1);
        market.events.take();
        rich = desk.session("RICH");
        other = desk.session("OTHER");
    }

    private List<String> enter(
            final int session, final int number, final char side, final long lots) {
        return market.enter(
                market.order(session, number, side, lots, 10 * UNIT).symbol(Ascii.pack("EURO")));
    }

    private int slot(final int account, final String currency) {
        return market.engine.cash().find(account, Ascii.packInt(currency));
    }

    @Test
    void shouldPayInTheInstrumentsCurrencyOnly() {
        assertEquals(
                "rejected " + rich + "#1 INSUFFICIENT_CASH", enter(rich, 1, 'B', 10).getLast());
        assertTrue(enter(rich, 2, 'B', 9).getFirst().startsWith("accepted"));
        final CashTable cash = market.engine.cash();
        final int account = desk.accountNumber("RICH");
        assertEquals(90 * UNIT + 9_000, cash.reserved(slot(account, "EUR")));
        assertEquals(0, cash.reserved(slot(account, "USD")));
        assertEquals(1_000_000 * UNIT, cash.free(slot(account, "USD"), 0));
    }

    @Test
    void shouldTakeFeesInTheCurrencyOfTheTradeAndSumToZeroInEach() {
        enter(other, 1, 'S', 9);
        enter(rich, 1, 'B', 9);
        final CashTable cash = market.engine.cash();
        assertEquals(10 * UNIT - 9_000, cash.balance(slot(desk.accountNumber("RICH"), "EUR")));
        assertEquals(190 * UNIT, cash.balance(slot(desk.accountNumber("OTHER"), "EUR")));
        assertEquals(9_000, cash.balance(slot(AccountTable.FEES, "EUR")));
        assertEquals(0, sum("EUR"));
        assertEquals(0, sum("USD"));
    }

    private long sum(final String currency) {
        final CashTable cash = market.engine.cash();
        long sum = 0;
        for (int slot = 0; slot < cash.slots(); slot++) {
            if (cash.isUsed(slot) && cash.currency(slot) == Ascii.packInt(currency)) {
                sum += cash.balance(slot);
            }
        }
        return sum;
    }
}
