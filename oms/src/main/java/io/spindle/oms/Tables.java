package io.spindle.oms;

/** All tables of one engine, made in the order in which a snapshot holds them. */
final class Tables {
    /** Sweeps that may wait beside one for every session. */
    private static final int SPARE_SWEEPS = 64;

    final EngineState state = new EngineState();
    final InstrumentTable instruments;
    final FirmTable firms;
    final SessionTable sessions;
    final AccountTable accounts;
    final CashTable cash;
    final HoldingTable holdings;
    final OrderTable orders;
    final TradeTable trades;
    final RequestTable requests;
    final Batch batch;
    final FeeTable fees;
    final Scopes scopes;
    final AuthorisationRules authorisation;
    final TimerQueue timers;
    final Slab sweeps;
    final int sweepsForClients;
    final RateGate sessionRates;
    final RateGate accountRates;
    final RequestTimes times = new RequestTimes();
    private final int firstGraceTimer;
    private final int firstQueueTimer;

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
        fees = new FeeTable(state);
        scopes = new Scopes(state, firms, accounts, sessions);
        authorisation = new AuthorisationRules(state);
        firstGraceTimer = config.maxOrders();
        firstQueueTimer = firstGraceTimer + config.maxSessions();
        timers = new TimerQueue(state, firstQueueTimer + config.maxSessions());
        sweepsForClients = config.maxSessions() + SPARE_SWEEPS;
        sweeps =
                state.slab(
                        SweepQueue.LENGTH,
                        sweepsForClients + 2 * (config.maxInstruments() + SPARE_SWEEPS));
        trades = new TradeTable(state, orders, instruments, config.maxOrders());
        sessionRates = new RateGate(sessions.records(), SessionTable.RATE, SessionTable.RATED);
        accountRates = new RateGate(accounts.records(), AccountTable.RATE, AccountTable.RATED);
    }

    /** Timer of a session's grace after a disconnect; order timers are below the first. */
    int graceTimer(final int session) {
        return firstGraceTimer + session;
    }

    /** Timer of the session's queue behind its rate limit. */
    int queueTimer(final int session) {
        return firstQueueTimer + session;
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
