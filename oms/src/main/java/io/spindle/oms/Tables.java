package io.spindle.oms;

/** All tables of one engine, made in the order in which a snapshot holds them. */
final class Tables {
    /** Sweeps that may wait beside one for every session. */
    private static final int SPARE_SWEEPS = 64;

    final EngineState state = new EngineState();
    final InstrumentTable instruments;
    final InstrumentUses uses;
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
    final AlgorithmTable algorithms;
    final TimerQueue timers;

    /** When a book in a call is spoken of next, by instrument. */
    final TimerQueue callTimers;

    final Slab sweeps;
    final int sweepsForClients;
    final RateGate sessionRates;
    final RateGate accountRates;
    final RateGate venueRates;
    final VenueTable venues;
    final VenueQuotes quotes;
    final RouteTable routes;
    final LegTable legs;
    final RequestTimes times = new RequestTimes();
    final OrderCounts counts = new OrderCounts();
    private final int firstGraceTimer;
    private final int firstQueueTimer;
    private final int firstVenueTimer;
    private final int firstLegTimer;
    private final int firstAlgorithmTimer;

    Tables(final EngineConfig config) {
        instruments = new InstrumentTable(state, config.maxInstruments());
        uses = new InstrumentUses(state, config.maxInstruments());
        firms = new FirmTable(state, config.maxSessions());
        sessions = new SessionTable(state, config.maxSessions());
        accounts = new AccountTable(state, config.maxAccounts());
        cash = new CashTable(state, config.maxCash());
        holdings = new HoldingTable(state, config.maxHoldings());
        orders = new OrderTable(state, config.maxOrders(), instruments, uses);
        requests = new RequestTable(state, config.maxRequests());
        batch = new Batch(state, config.maxBatchLength());
        fees = new FeeTable(state);
        scopes = new Scopes(state, firms, accounts, sessions);
        authorisation = new AuthorisationRules(state);
        algorithms = new AlgorithmTable(state);
        firstGraceTimer = config.maxOrders();
        firstQueueTimer = firstGraceTimer + config.maxSessions();
        firstVenueTimer = firstQueueTimer + config.maxSessions();
        firstLegTimer = firstVenueTimer + VenueTable.MAX;
        firstAlgorithmTimer = firstLegTimer + LegTable.capacity(config.maxOrders());
        timers = new TimerQueue(state, firstAlgorithmTimer + AlgorithmTable.CAPACITY);
        callTimers = new TimerQueue(state, config.maxInstruments() + 1);
        sweepsForClients = config.maxSessions() + SPARE_SWEEPS;
        sweeps =
                state.slab(
                        SweepQueue.LENGTH,
                        sweepsForClients + 2 * (config.maxInstruments() + SPARE_SWEEPS));
        trades = new TradeTable(state, orders, instruments, config.maxOrders());
        sessionRates = new RateGate(sessions.records(), SessionTable.RATE, SessionTable.RATED);
        accountRates = new RateGate(accounts.records(), AccountTable.RATE, AccountTable.RATED);
        venues = new VenueTable(state);
        quotes = new VenueQuotes(state, config.maxInstruments());
        routes = new RouteTable(state, config.maxInstruments(), accounts.capacity());
        legs = new LegTable(state, config.maxOrders());
        venueRates = new RateGate(venues.records(), VenueTable.RATE, VenueTable.RATED);
    }

    /** Timer of a session's grace after a disconnect; order timers are below the first. */
    int graceTimer(final int session) {
        return firstGraceTimer + session;
    }

    /** Timer of the session's queue behind its rate limit. */
    int queueTimer(final int session) {
        return firstQueueTimer + session;
    }

    /** Timer of the line behind a venue's rate limit. */
    int venueTimer(final int venue) {
        return firstVenueTimer + venue;
    }

    /** Timer of a leg that waits for its venue's answer. */
    int legTimer(final int leg) {
        return firstLegTimer + leg;
    }

    /** Timer of an algorithm's next slice. */
    int algorithmTimer(final int algorithm) {
        return firstAlgorithmTimer + algorithm;
    }

    /** Rebuilds what is derived from the slabs, after a snapshot was read into them. */
    void rebuild() {
        instruments.rebuild();
        firms.rebuild();
        sessions.rebuild();
        accounts.rebuild();
        orders.rebuild();
        requests.rebuild();
        legs.rebuild();
    }
}
