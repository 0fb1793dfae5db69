package io.spindle.oms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;

/** Every firm has its own account codes: the same code under two never mixes. */
class OwnersTest {
    private static final long CENT = 100;

    private final Market market = new Market();
    private final Desk desk = new Desk(market);
    private final AccountTable accounts = market.engine.accounts();

    @BeforeEach
    void open() {
        new CommandBatch(market, 0, 0)
                .instrument(
                        new CommandBatch.Instrument(
                                "SPDL", "USD", 100, 1, 1, 1_000_000, 199_999_9900L, 4, 0))
                .firm("ALPH")
                .firm("BET")
                .account("CLIENT", "ALPH", 0)
                .account("CLIENT", "BET", AccountTable.FLAG_SHORT_SELLING)
                .account("FEES", "BET", 0)
                .session(session("A1", "ALPH"))
                .session(session("B1", "BET"))
                .cash("ALPH:CLIENT", "USD", 1_000 * CENT)
                .cash("BET:CLIENT", "USD", 50 * CENT)
                .commit();
        market.events.take();
        market.dayStart(20261123, 0);
    }

    private static CommandBatch.Session session(final String name, final String firm) {
        return new CommandBatch.Session(name, firm, "CLIENT", 0, new byte[16], new byte[32]);
    }

    private long balance(final String name) {
        return market.engine.cash().balance(desk.cashSlot(name));
    }

    @Test
    void shouldKeepTheSameCodeOfTwoFirmsApart() {
        assertEquals(1_000 * CENT, balance("ALPH:CLIENT"));
        assertEquals(50 * CENT, balance("BET:CLIENT"));
        assertEquals(1_000 * CENT, balance("CLIENT"), "alone it is the first one's");
        assertTrue(market.enter(0, 1, 'B', 10, 100 * CENT).getFirst().startsWith("accepted"));
        assertTrue(market.enter(1, 1, 'B', 10, 100 * CENT).getLast().endsWith("INSUFFICIENT_CASH"));
        assertEquals(0, market.engine.accounts().openOrders(desk.accountNumber("BET:CLIENT")));
        assertEquals(0, accounts.flags(desk.accountNumber("ALPH:CLIENT")));
    }

    @Test
    void shouldUnderstandACodeAsTheSessionsFirmDoes() {
        market.enter(
                market.order(1, 1, 'S', 10, 100 * CENT),
                o -> o.accountHigh(Ascii.pack("CLIENT")).accountLow(Ascii.BLANK));
        assertEquals(1, accounts.openOrders(desk.accountNumber("BET:CLIENT")));
        assertTrue(
                market.enter(
                                market.order(1, 2, 'S', 10, 100 * CENT),
                                o ->
                                        o.accountHigh(Ascii.pack("ALPH:CLI"))
                                                .accountLow(Ascii.pack("ENT")))
                        .getLast()
                        .endsWith("ACCOUNT_FOREIGN"));
    }

    @Test
    void shouldLimitAndBlockTheOneThatIsNamed() {
        desk.block('A', "BET:CLIENT", 'H', 2, false);
        assertTrue(market.enter(1, 1, 'S', 1, 100 * CENT).getLast().endsWith("ENTRY_DISABLED"));
        assertTrue(market.enter(0, 1, 'B', 1, 100 * CENT).getFirst().startsWith("accepted"));
    }

    @Test
    void shouldLeaveTheHouseItsNames() {
        assertEquals(AccountTable.FEES, desk.accountNumber("FEES"));
        assertEquals(AccountTable.HOUSE_ACCOUNTS + 2, desk.accountNumber("BET:FEES"));
        assertEquals(AccountTable.NONE, desk.accountNumber("ALPH:FEES"));
        assertEquals(AccountTable.NONE, desk.accountNumber(":CLIENT"));
    }

    @Test
    void shouldRefuseASecondCodeThatNobodyCouldName() {
        new CommandBatch(market, 0, 0)
                .account("TWELVE-LONG1", "ALPH", 0)
                .account("TWELVE-LONG1", "BET", 0)
                .commit();
        assertTrue(market.events.take().contains("result 0.0 DUPLICATE"));
        new CommandBatch(market, 0, 0)
                .account("ELEVEN-LONG", "ALPH", 0)
                .account("ELEVEN-LONG", "BET", 0)
                .commit();
        assertEquals(accounts.count() - 1, desk.accountNumber("BET:ELEVEN-LONG"));
        assertEquals(accounts.count() - 2, desk.accountNumber("ELEVEN-LONG"));
    }

    @Test
    void shouldFindThemAgainInASnapshot(@TempDir final Path folder) throws IOException {
        final Path file = new SnapshotWriter().write(market.engine, folder);
        final Market restored = new Market(EngineConfig.small(), new NoEvents());
        new SnapshotReader().read(file, restored.engine);
        assertEquals(
                desk.accountNumber("BET:CLIENT"), new Desk(restored).accountNumber("BET:CLIENT"));
        assertEquals(market.engine.stateHash(), restored.engine.stateHash());
    }
}
