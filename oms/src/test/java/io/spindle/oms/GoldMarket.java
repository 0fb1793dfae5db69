package io.spindle.oms;

/**
 * A morning at the gold market: SPDL at 50.00, settled in two days; makers pay 10, takers 20 basis
 * points. Alice of one firm has 100,000.00, Bob of another 50,000.00 and 2,000 lots.
 */
final class GoldMarket {
    static final long USD = 10_000;

    private GoldMarket() {}

    static void open(final Market market) {
        new CommandBatch(market, 1, 1)
                .instrument(
                        new CommandBatch.Instrument(
                                "SPDL", "USD", 100, 1, 1, 10_000, 1_000 * USD, 4, 0))
                .firm("ALPH")
                .firm("BETA")
                .account("ALICE", "ALPH", 0)
                .account("BOB", "BETA", 0)
                .session(session("ALICE1", "ALPH", "ALICE"))
                .session(session("BOB1", "BETA", "BOB"))
                .cash("ALICE", "USD", 100_000 * USD)
                .cash("BOB", "USD", 50_000 * USD)
                .holding("BOB", "SPDL", 2_000)
                .commit();
        final Desk desk = new Desk(market);
        desk.fees(1, 1_000, 2_000);
        desk.accountFees("ALICE", 1);
        desk.accountFees("BOB", 1);
        desk.instrumentRisk("SPDL", 2_000, 0, 2, 0);
        desk.reference("SPDL", 50 * USD);
    }

    private static CommandBatch.Session session(
            final String name, final String firm, final String account) {
        return new CommandBatch.Session(name, firm, account, 0, new byte[16], new byte[32]);
    }
}
