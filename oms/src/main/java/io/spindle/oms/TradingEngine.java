package io.spindle.oms;

import io.spindle.matcher.Cold;
import io.spindle.matcher.Matcher;
import io.spindle.matcher.MatcherConfig;
import io.spindle.oms.command.AccountQueryDecoder;
import io.spindle.oms.command.CancelOrderDecoder;
import io.spindle.oms.command.CheckpointDecoder;
import io.spindle.oms.command.ClockAnchorDecoder;
import io.spindle.oms.command.ContinueDecoder;
import io.spindle.oms.command.DayStartDecoder;
import io.spindle.oms.command.EnterOrderDecoder;
import io.spindle.oms.command.MassCancelDecoder;
import io.spindle.oms.command.MessageHeaderDecoder;
import io.spindle.oms.command.ModifyOrderDecoder;
import io.spindle.oms.command.RefusedDecoder;
import io.spindle.oms.command.ReplaceOrderDecoder;
import io.spindle.oms.command.SessionDownDecoder;
import io.spindle.oms.command.SessionUpDecoder;
import io.spindle.oms.command.SetEntryDecoder;
import io.spindle.oms.command.TickDecoder;

import java.util.List;
import org.agrona.DirectBuffer;

/**
 * The deterministic engine: a pure function of the log. The same commands give the same events, on
 * every machine, for ever; nothing but a command changes it.
 *
 * <p><i>Called from</i> one thread. Allocates in the constructor only.
 */
public final class TradingEngine {
    /** Raised whenever the same log would give other events; a replica refuses another's log. */
    public static final int ENGINE_VERSION = 2;

    private static final int FIRST_ADMIN_TEMPLATE = 40;

    private final EngineConfig config;
    private final Tables tables;
    private final EngineState state;
    private final Matcher matcher;
    private final Emitter emitter;
    private final OrderEntry entry;
    private final OrderChanges changes;
    private final Housekeeping housekeeping;
    private final AdminDesk admin;
    private final Sweeps sweeps;
    private final CustomChecks custom;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final EnterOrderDecoder enterOrder = new EnterOrderDecoder();
    private final ReplaceOrderDecoder replaceOrder = new ReplaceOrderDecoder();
    private final CancelOrderDecoder cancelOrder = new CancelOrderDecoder();
    private final ModifyOrderDecoder modifyOrder = new ModifyOrderDecoder();
    private final AccountQueryDecoder accountQuery = new AccountQueryDecoder();
    private final RefusedDecoder refused = new RefusedDecoder();
    private final SessionUpDecoder sessionUp = new SessionUpDecoder();
    private final SessionDownDecoder sessionDown = new SessionDownDecoder();
    private final ClockAnchorDecoder clockAnchor = new ClockAnchorDecoder();
    private final CheckpointDecoder checkpoint = new CheckpointDecoder();
    private final DayStartDecoder dayStart = new DayStartDecoder();
    private final MassCancelDecoder massCancel = new MassCancelDecoder();
    private final SetEntryDecoder setEntry = new SetEntryDecoder();
    private final ContinueDecoder proceed = new ContinueDecoder();

    public TradingEngine(
            final EngineConfig config,
            final OrderEvents orderEvents,
            final MarketEvents marketEvents,
            final AdminEvents adminEvents) {
        this(config, List.of(), orderEvents, marketEvents, adminEvents);
    }

    /**
     * @param checks run after the standard ones, in this order; the same on every replica
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
        this.emitter =
                new Emitter(
                        state,
                        tables.orders,
                        tables.sessions,
                        orderEvents,
                        marketEvents,
                        adminEvents);
        final Stages stages = new Stages(tables, emitter, checks);
        final Executions executions = new Executions(tables, stages);
        this.matcher =
                new Matcher(
                        MatcherConfig.of(config.maxOrders(), config.maxInstruments() + 1),
                        executions);
        stages.ends.connect(matcher);
        this.custom = stages.custom;
        this.sweeps = stages.sweeps;
        this.entry = new OrderEntry(tables, stages, matcher);
        this.changes = new OrderChanges(tables, stages, executions, matcher);
        this.housekeeping =
                new Housekeeping(
                        tables, stages, entry, new DayOpening(tables, matcher, emitter));
        this.admin =
                new AdminDesk(
                        tables,
                        new Configuration(tables, stages, matcher),
                        new RiskDesk(tables, stages),
                        housekeeping,
                        emitter);
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
        header.wrap(buffer, offset);
        if (header.templateId() >= FIRST_ADMIN_TEMPLATE) {
            admin.handle(buffer, offset, length);
        } else {
            dispatch(buffer, offset + MessageHeaderDecoder.ENCODED_LENGTH);
        }
    }

    private void dispatch(final DirectBuffer buffer, final int body) {
        final int block = header.blockLength();
        final int version = header.version();
        switch (header.templateId()) {
            case EnterOrderDecoder.TEMPLATE_ID:
                entry.enter(enterOrder.wrap(buffer, body, block, version));
                break;
            case ReplaceOrderDecoder.TEMPLATE_ID:
                changes.replace(replaceOrder.wrap(buffer, body, block, version));
                break;
            case CancelOrderDecoder.TEMPLATE_ID:
                changes.cancel(cancelOrder.wrap(buffer, body, block, version));
                break;
            case ModifyOrderDecoder.TEMPLATE_ID:
                changes.modify(modifyOrder.wrap(buffer, body, block, version));
                break;
            case AccountQueryDecoder.TEMPLATE_ID:
                housekeeping.query(accountQuery.wrap(buffer, body, block, version));
                break;
            case RefusedDecoder.TEMPLATE_ID:
                entry.refused(refused.wrap(buffer, body, block, version));
                break;
            case SessionUpDecoder.TEMPLATE_ID:
                housekeeping.sessionUp(sessionUp.wrap(buffer, body, block, version));
                break;
            case SessionDownDecoder.TEMPLATE_ID:
                housekeeping.sessionDown(sessionDown.wrap(buffer, body, block, version));
                break;
            case ClockAnchorDecoder.TEMPLATE_ID:
                housekeeping.clockAnchor(clockAnchor.wrap(buffer, body, block, version));
                break;
            case CheckpointDecoder.TEMPLATE_ID:
                housekeeping.checkpoint(checkpoint.wrap(buffer, body, block, version));
                break;
            case DayStartDecoder.TEMPLATE_ID:
                housekeeping.dayStart(dayStart.wrap(buffer, body, block, version));
                break;
            case MassCancelDecoder.TEMPLATE_ID:
                housekeeping.massCancel(massCancel.wrap(buffer, body, block, version));
                break;
            case SetEntryDecoder.TEMPLATE_ID:
                housekeeping.setEntry(setEntry.wrap(buffer, body, block, version));
                break;
            case TickDecoder.TEMPLATE_ID:
                housekeeping.tick();
                break;
            case ContinueDecoder.TEMPLATE_ID:
                housekeeping.proceed(proceed.wrap(buffer, body, block, version).origin());
                break;
            default:
                throw unknown(header.templateId());
        }
    }

    /** Sequence of the last applied command, 0 before the first. */
    public long sequence() {
        return state.get(EngineState.SEQUENCE);
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

    /** Offset of log time from the monotonic clock, as last logged. */
    public long clockOffsetNs() {
        return state.get(EngineState.CLOCK_OFFSET_NS);
    }

    /**
     * When a {@code Tick} is wanted: at this log time or soon after; {@link Long#MAX_VALUE} when
     * nothing waits.
     */
    public long nextDeadlineNs() {
        return tables.timers.nextDeadlineNs();
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

    public EngineConfig config() {
        return config;
    }

    public FeeTable fees() {
        return tables.fees;
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

    @Cold
    private static IllegalArgumentException unknown(final int templateId) {
        return new IllegalArgumentException("templateId=" + templateId + ": not a command");
    }
}
