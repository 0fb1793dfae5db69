package io.spindle.oms;

/** All tables of one engine, made in the order in which a snapshot holds them. */
final class Tables {
    final EngineState state = new EngineState();
    final InstrumentTable instruments;
    final FirmTable firms;
    final SessionTable sessions;
    final AccountTable accounts;
    final CashTable cash;
    final HoldingTable holdings;
    final OrderTable orders;
    final RequestTable requests;
    final Batch batch;

    Tables(final EngineConfig config) {
        instruments = new InstrumentTable(state, config.maxInstruments());
        firms = new FirmTable(state, config.maxSessions());
        sessions = new SessionTable(state, config.maxSessions());
        accounts = new AccountTable(state, config.maxAccounts());
        cash = new CashTable(state, config.maxCash());
        holdings = new HoldingTable(state, config.maxHoldings());
        orders = new OrderTable(state, config.maxOrders(), instruments);
        requests = new RequestTable(state, config.maxRequests());
        batch = new Batch(state, config.maxBatchLength());
    }

    /** Rebuilds what is derived from the slabs, after a snapshot was read into them. */
    void rebuild() {
        instruments.rebuild();
        firms.rebuild();
        sessions.rebuild();
        accounts.rebuild();
        orders.rebuild();
        requests.rebuild();
    }
}
