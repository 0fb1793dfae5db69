package io.spindle.oms;

import io.spindle.matcher.Cold;
import io.spindle.matcher.Matcher;
import io.spindle.matcher.MatcherConfig;

import org.agrona.DirectBuffer;

import java.util.List;
import java.util.Optional;

/**
 * The deterministic engine: a pure function of the log. The same commands give the same events, on
 * every machine, for ever; nothing but a command changes it.
 *
 * <p><i>Called from</i> one thread. Allocates in the constructor only.
 */
public final class TradingEngine {
    /** Raised whenever the same log would give other events; a replica refuses another's log. */
    public static final int ENGINE_VERSION = 10;

    private final EngineConfig config;
    private final Tables tables;
    private final EngineState state;
    private final Matcher matcher;
    private final CommandRouter router;
    private final Sweeps sweeps;
    private final AuctionCalls calls;
    private final CustomChecks custom;

    public TradingEngine(
            final EngineConfig config,
            final OrderEvents orderEvents,
            final MarketEvents marketEvents,
            final AdminEvents adminEvents) {
        this(config, CustomChecks.load(config.checks()), orderEvents, marketEvents, adminEvents);
    }

    /**
     * @param checks run after the standard ones instead of those that the configuration names, in
     *     this order; the same on every replica
     */
    public TradingEngine(
            final EngineConfig config,
            final List<OrderCheck> checks,
            final OrderEvents orderEvents,
            final MarketEvents marketEvents,
            final AdminEvents adminEvents) {
        this.config = config;
        this.tables = new Tables(config);
        this.state = tables.state;
        final Digest digest = new Digest(state);
        final Emitter emitter =
                new Emitter(digest, tables.orders, tables.sessions, orderEvents, adminEvents);
        final MarketEmitter market = new MarketEmitter(tables, digest, marketEvents);
        final Stages stages = new Stages(tables, emitter, market, checks);
        final Executions executions = new Executions(tables, stages);
        this.matcher =
                new Matcher(
                        MatcherConfig.of(config.maxOrders(), config.maxInstruments() + 1),
                        executions);
        final RoutingEmitter routing = new RoutingEmitter(digest, tables, adminEvents);
        final RoutedOrders routed = new RoutedOrders(tables, stages, executions, matcher, routing);
        stages.ends.connect(matcher, routed);
        stages.work.connect(matcher);
        stages.calls.connect(matcher);
        stages.risk.connect(matcher);
        this.custom = stages.custom;
        this.sweeps = stages.sweeps;
        this.calls = stages.calls;
        final OrderEntry entry = new OrderEntry(tables, stages, routed, executions, matcher);
        final OrderChanges changes = new OrderChanges(tables, stages, executions, matcher);
        final Algorithms algorithms = new Algorithms(tables, stages, entry);
        final Housekeeping housekeeping =
                new Housekeeping(
                        tables,
                        stages,
                        entry,
                        routed,
                        algorithms,
                        new DayOpening(tables, stages, matcher));
        final AdminDesk admin =
                new AdminDesk(
                        tables,
                        new Configuration(tables, stages, matcher),
                        new RiskDesk(tables, stages, matcher),
                        new TradeDesk(tables, stages),
                        new VenueDesk(tables, routed, emitter, routing),
                        housekeeping,
                        algorithms,
                        emitter);
        this.router = new CommandRouter(entry, changes, housekeeping, admin);
    }

    /** Gives all tables their pages now, so that no command of the engine that trades faults. */
    @Cold
    public void makeResident() {
        state.makeResident();
        matcher.makeResident();
    }

    /**
     * Applies one command of the log; events are delivered before it returns.
     *
     * @param sequence one above the last
     * @param timeNs log time, ns since the Unix epoch, never below the last
     * @param length of the command, its SBE header included
     */
    public void apply(
            final long sequence,
            final long timeNs,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        if (sequence != state.get(EngineState.SEQUENCE) + 1) {
            throw outOfSequence(sequence);
        }
        state.set(EngineState.SEQUENCE, sequence);
        state.set(EngineState.TIME_NS, timeNs);
        tables.times.clear();
        router.route(buffer, offset, length);
    }

    /**
     * Reads the memory that the next new order will be written to, so that its cache lines are here
     * when the order comes. Changes nothing.
     *
     * @return nothing of use; take it, or the compiler leaves the reads out
     */
    public long warm() {
        return tables.orders.warm() + (matcher.isResting(tables.orders.next()) ? 1 : 0);
    }

    /** Sequence of the last applied command, 0 before the first. */
    public long sequence() {
        return state.get(EngineState.SEQUENCE);
    }

    /** What an admin request was answered, a {@link RejectCode} number; -1 if it is not known. */
    public int answer(final long requestHigh, final long requestLow) {
        return tables.requests.answer(requestHigh, requestLow);
    }

    /** Log time of the last applied command. */
    public long timeNs() {
        return state.get(EngineState.TIME_NS);
    }

    /** Trading date as yyyymmdd, 0 before the first {@code DayStart}. */
    public int date() {
        return (int) state.get(EngineState.DATE);
    }

    /** Epoch of the session id. */
    public int epoch() {
        return (int) state.get(EngineState.EPOCH);
    }

    /** The {@link EntryState} that an authority set for all, 0 (a session) to 3 (a supervisor). */
    public int systemBlock(final int authority) {
        return tables.scopes.systemBlock(authority);
    }

    /**
     * When an order's timer fires, in log time: until then a held one waits for its authoriser;
     * {@link Long#MAX_VALUE} for an order without a timer.
     */
    public long orderDeadlineNs(final int order) {
        return tables.timers.deadlineNs(order);
    }

    /** Whether a held order waits for a token of its session's rate, and not for an operator. */
    public boolean isOrderQueued(final int order) {
        return tables.orders.records().getByte(order, OrderTable.WAITING) != 0;
    }

    /** Whether a new day begins closed, until a supervisor lifts the system's block. */
    public boolean isDayGateRequired() {
        return state.get(EngineState.DAY_GATE) != 0;
    }

    /** Log time at which a {@code Tick} is wanted; {@link Long#MAX_VALUE} when nothing waits. */
    public long nextDeadlineNs() {
        return Math.min(tables.timers.nextDeadlineNs(), calls.nextDeadlineNs());
    }

    /**
     * Events of {@link MarketEvents} since the day began: each is one message of the public feed,
     * so the next one has the sequence number after this.
     */
    public long marketEvents() {
        return state.get(EngineState.MARKET_EVENTS);
    }

    /**
     * Origin of sliced work that is not done: the loop logs {@code Continue(origin)} once a turn
     * for as long as this is not 0.
     */
    public long pendingContinue() {
        return sweeps.pending();
    }

    /** Running digest of all events so far. */
    public long eventDigest() {
        return state.get(EngineState.DIGEST);
    }

    /** Digest of all state, queues and free lists included. Walks everything. */
    @Cold
    public long stateHash() {
        return StateHash.of(state, matcher);
    }

    /** Whom the reports of the command at work tell its times. */
    public RequestTimes requestTimes() {
        return tables.times;
    }

    /** What became of the new orders that this engine was given. */
    public OrderCounts orderCounts() {
        return tables.counts;
    }

    public OrderTable orders() {
        return tables.orders;
    }

    public SessionTable sessions() {
        return tables.sessions;
    }

    public InstrumentTable instruments() {
        return tables.instruments;
    }

    public FirmTable firms() {
        return tables.firms;
    }

    public AccountTable accounts() {
        return tables.accounts;
    }

    public CashTable cash() {
        return tables.cash;
    }

    public HoldingTable holdings() {
        return tables.holdings;
    }

    public VenueTable venues() {
        return tables.venues;
    }

    public VenueQuotes venueQuotes() {
        return tables.quotes;
    }

    public RouteTable routes() {
        return tables.routes;
    }

    public LegTable legs() {
        return tables.legs;
    }

    /** Whole tokens left of a venue's rate; {@link Long#MAX_VALUE} without a limit. */
    public long venueTokens(final int venue) {
        return tables.venueRates.tokens(venue, timeNs());
    }

    public EngineConfig config() {
        return config;
    }

    public AlgorithmTable algorithms() {
        return tables.algorithms;
    }

    public FeeTable fees() {
        return tables.fees;
    }

    /** Whole tokens left of a session's rate; {@link Long#MAX_VALUE} without a limit. */
    public long sessionTokens(final int session) {
        return tables.sessionRates.tokens(session, timeNs());
    }

    /** Orders of the session that came when no token was left. */
    public long sessionBreaches(final int session) {
        return tables.sessionRates.breaches(session);
    }

    /** Orders of the session that wait for a token. */
    public int sessionQueued(final int session) {
        return tables.sessions.records().getInt(session, SessionTable.QUEUED);
    }

    public long accountTokens(final int account) {
        return tables.accountRates.tokens(account, timeNs());
    }

    public long accountBreaches(final int account) {
        return tables.accountRates.breaches(account);
    }

    /** Name of a check by its number in results. */
    @Cold
    public String checkName(final int check) {
        return check < RiskCheck.CUSTOM
                ? RiskCheck.values()[check].name()
                : custom.name(check - RiskCheck.CUSTOM);
    }

    /** Requests that would have gone along an edge that no order has. */
    public long illegalTransitions() {
        return state.get(EngineState.ILLEGAL_TRANSITIONS);
    }

    /** The book of a defined instrument. */
    @Cold
    public BookView book(final int instrument) {
        return new BookView(matcher, instrument, tables.instruments.tickSize(instrument));
    }

    /** A trade that can still be taken back; empty for any other number. */
    @Cold
    public Optional<TradeView> trade(final long matchNumber) {
        final int trade = tables.trades.find(matchNumber);
        return trade == TradeTable.NONE
                ? Optional.empty()
                : Optional.of(TradeView.of(tables, trade));
    }

    Tables tables() {
        return tables;
    }

    Matcher matcher() {
        return matcher;
    }

    @Cold
    private IllegalArgumentException outOfSequence(final long sequence) {
        return new IllegalArgumentException(
                "sequence=" + sequence + ": expected " + (sequence() + 1));
    }
}
