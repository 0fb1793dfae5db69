package io.spindle.perf.engine;

import io.spindle.mgmt.control.AdminCommand;
import io.spindle.mgmt.control.Commands;
import io.spindle.mgmt.control.RiskCommands;
import io.spindle.mgmt.control.RoutingCommands;
import io.spindle.mgmt.control.Scope;
import io.spindle.mgmt.control.TermsCommands;
import io.spindle.oms.AccountTable;
import io.spindle.oms.Ascii;
import io.spindle.oms.CheckState;
import io.spindle.oms.CommandBatch;
import io.spindle.oms.EngineConfig;
import io.spindle.oms.NoEvents;
import io.spindle.oms.OrderCheck;
import io.spindle.oms.RejectCode;
import io.spindle.oms.RiskCheck;
import io.spindle.oms.TradesPerDay;
import io.spindle.oms.TradingEngine;
import io.spindle.oms.command.EnterOrderEncoder;
import io.spindle.oms.command.MessageHeaderEncoder;
import io.spindle.oms.command.SetVenueLinkEncoder;
import io.spindle.oms.command.VenueReportEncoder;
import io.spindle.oms.command.VenueSyncedEncoder;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.util.List;
import java.util.UUID;

/**
 * An engine in which everything is set that an order is checked against: limits of every scope,
 * rates, a price band, margin, fees, days of settlement, an authorisation rule, two checks of its
 * own, a route. Two members trade under all that; a third has a huge order at another venue, which
 * fills it lot by lot. Every operation leaves the engine as full as it was.
 */
final class LimitedMarket {
    private static final UUID NOBODY = new UUID(0, 0);
    private static final long START_NS = 1_800_000_000_000_000_000L;
    private static final long STEP_NS = 1_000;
    private static final int MAX_COMMAND = 128;
    private static final int REPORT_LENGTH =
            MessageHeaderEncoder.ENCODED_LENGTH + VenueReportEncoder.BLOCK_LENGTH;
    private static final byte[] NO_OPTIONS = {};

    private static final String FIRM = "BNCH";
    private static final String CURRENCY = "USD";
    private static final String SYMBOL = "SPDL";
    private static final String FIRST = "FIRST";
    private static final String SECOND = "SECOND";
    private static final String AWAY = "AWAY";
    private static final List<String> MEMBERS = List.of(FIRST, SECOND, AWAY);
    private static final String VENUE = "XAAA";
    private static final long VENUE_CODE = Integer.toUnsignedLong(Ascii.packInt(VENUE));

    private static final long TICK_SIZE = 100;
    private static final long PRICE = 100_000;
    private static final long MAX_PRICE = 1_000_000;
    private static final long MAX_LOTS = 0xFFFF_FFFFL;
    private static final long CASH = 10_000_000_000_000_000L;
    private static final long HELD_LOTS = 1_000_000_000_000L;
    private static final int FEE_SCHEDULE = 1;
    private static final int PER_SECOND = 5_000_000;
    private static final int BURST = 1_000;
    private static final long MONEY_LIMIT = 1_000_000_000_000L;
    private static final long LOTS_LIMIT = 1_000_000;
    private static final long COUNT_LIMIT = 1_000;
    private static final int WARN_PERCENT = 80;

    private final Counts counts = new Counts();
    private final TradingEngine engine =
            new TradingEngine(
                    EngineConfig.small(),
                    List.of(new TradesPerDay("" + Long.MAX_VALUE), new SmallSales()),
                    counts,
                    counts,
                    counts);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final long[] lastNumbers = new long[MEMBERS.size()];
    private final Ticket[] turns = {
        new Ticket(0, 'S', 1), new Ticket(1, 'B', 1), new Ticket(1, 'S', 1), new Ticket(0, 'B', 1)
    };
    private final Ticket refused = new Ticket(0, 'S', SmallSales.MOST + 1);
    private final VenueReportEncoder report = new VenueReportEncoder();
    private final UnsafeBuffer reportBytes = new UnsafeBuffer(new byte[MAX_COMMAND]);
    private long timeNs = START_NS;
    private long lastReport;
    private int turn;

    LimitedMarket() {
        defineMembers();
        setTerms();
        sendAway();
        setLimits();
        report.wrapAndApplyHeader(reportBytes, 0, header)
                .quantity(1)
                .price(PRICE)
                .venue(VENUE_CODE)
                .number(1)
                .kind((byte) 'E')
                .liquidity((byte) 'R');
    }

    /** Enters an order of one lot: one rests, the next takes it; after four all is as before. */
    void submit() {
        turns[turn].enter();
        turn = (turn + 1) % turns.length;
    }

    /** Enters an order that passes all checks but the last. */
    void submitRefused() {
        refused.enter();
    }

    /** The venue reports that one more lot of the order there is filled. */
    void fillAway() {
        report.sequence(++lastReport);
        apply(reportBytes, 0, REPORT_LENGTH);
    }

    /** Fills, one for each side that is an order here. */
    long fills() {
        return counts.fills;
    }

    /** Orders that the last check of all has refused. */
    long refusals() {
        return counts.refusals;
    }

    private void apply(final DirectBuffer buffer, final int offset, final int length) {
        timeNs += STEP_NS;
        engine.apply(engine.sequence() + 1, timeNs, buffer, offset, length);
    }

    private void send(final AdminCommand command) {
        apply(command.buffer(), 0, command.length());
    }

    private void defineMembers() {
        final CommandBatch batch = new CommandBatch(this::apply, 1, 1);
        batch.firm(FIRM)
                .instrument(
                        new CommandBatch.Instrument(
                                SYMBOL, CURRENCY, TICK_SIZE, 1, 1, MAX_LOTS, MAX_PRICE, 4, 0));
        for (final String member : MEMBERS) {
            batch.account(member, FIRM, AccountTable.FLAG_MARGIN)
                    .cash(member, CURRENCY, CASH)
                    .holding(member, SYMBOL, HELD_LOTS)
                    .session(
                            new CommandBatch.Session(
                                    member, FIRM, member, 0, new byte[16], new byte[32]));
        }
        batch.commit();
    }

    private void setTerms() {
        send(TermsCommands.setFees(NOBODY, FEE_SCHEDULE, 100, 300));
        for (final String member : MEMBERS) {
            send(TermsCommands.setAccountFees(NOBODY, member, FEE_SCHEDULE));
        }
        send(
                TermsCommands.setInstrumentRisk(
                        NOBODY,
                        SYMBOL,
                        new TermsCommands.InstrumentRisk(1_000, 2_000, 2, false, true)));
        send(Commands.setReferencePrice(NOBODY, SYMBOL, PRICE));
    }

    /** The venue opens, and gets the order; what a command does not say is 0. */
    private void sendAway() {
        send(RoutingCommands.defineVenue(NOBODY, VENUE, 0, 0, 0, true));
        final UnsafeBuffer link = new UnsafeBuffer(new byte[MAX_COMMAND]);
        new SetVenueLinkEncoder()
                .wrapAndApplyHeader(link, 0, header)
                .venue(VENUE_CODE)
                .adapter(1)
                .up((short) 1);
        apply(link, 0, MessageHeaderEncoder.ENCODED_LENGTH + SetVenueLinkEncoder.BLOCK_LENGTH);
        final UnsafeBuffer synced = new UnsafeBuffer(new byte[MAX_COMMAND]);
        new VenueSyncedEncoder().wrapAndApplyHeader(synced, 0, header).venue(VENUE_CODE);
        apply(synced, 0, MessageHeaderEncoder.ENCODED_LENGTH + VenueSyncedEncoder.BLOCK_LENGTH);
        send(RoutingCommands.setRouting(NOBODY, AWAY, "", 'C', VENUE, 0));
        new Ticket(MEMBERS.indexOf(AWAY), 'B', MAX_LOTS).enter();
    }

    private void setLimits() {
        final RiskCommands.Limits limits =
                new RiskCommands.Limits(
                        COUNT_LIMIT,
                        LOTS_LIMIT,
                        MONEY_LIMIT,
                        LOTS_LIMIT,
                        MONEY_LIMIT,
                        COUNT_LIMIT,
                        WARN_PERCENT);
        send(RiskCommands.setLimits(NOBODY, new Scope(Scope.Kind.SYSTEM, ""), limits));
        send(RiskCommands.setLimits(NOBODY, new Scope(Scope.Kind.FIRM, FIRM), limits));
        for (final String member : List.of(FIRST, SECOND)) {
            for (final Scope.Kind kind : List.of(Scope.Kind.ACCOUNT, Scope.Kind.SESSION)) {
                final Scope scope = new Scope(kind, member);
                send(RiskCommands.setLimits(NOBODY, scope, limits));
                send(TermsCommands.setRate(NOBODY, scope, 'R', PER_SECOND, BURST));
            }
        }
        send(RiskCommands.setRule(NOBODY, new RiskCommands.Rule(1, 'A', "", "", LOTS_LIMIT, 0, 1)));
    }

    /** An order that is entered again and again, each time under the member's next number. */
    private final class Ticket {
        private final EnterOrderEncoder order = new EnterOrderEncoder();
        private final UnsafeBuffer bytes = new UnsafeBuffer(new byte[MAX_COMMAND]);
        private final int member;
        private final int length;

        Ticket(final int member, final char side, final long lots) {
            this.member = member;
            order.wrapAndApplyHeader(bytes, 0, header)
                    .session(member)
                    .userRefIdx((short) 0)
                    .side((byte) side)
                    .symbol(Ascii.pack(SYMBOL))
                    .quantity(lots)
                    .price(PRICE)
                    .clOrdIdHigh(Ascii.BLANK)
                    .clOrdIdLow(Ascii.BLANK)
                    .timeInForce((byte) '0')
                    .display((byte) 'Y')
                    .capacity((byte) 'A')
                    .interMarketSweep((byte) 'N')
                    .crossType((byte) 'N')
                    .putOptions(NO_OPTIONS, 0, 0);
            this.length = MessageHeaderEncoder.ENCODED_LENGTH + order.encodedLength();
        }

        void enter() {
            order.userRefNum(++lastNumbers[member]);
            apply(bytes, 0, length);
        }
    }

    /** The last check in the chain: nobody sells more than a hundred lots at once. */
    private static final class SmallSales implements OrderCheck {
        private static final long MOST = 100;

        @Override
        public String name() {
            return "small sales";
        }

        @Override
        public int longsPerAccount() {
            return 0;
        }

        @Override
        public boolean passes(
                final int instrument,
                final boolean buys,
                final long quantity,
                final long price,
                final CheckState state) {
            return buys || quantity <= MOST || state.refuse(MOST, quantity);
        }
    }

    /** What the engine told. */
    private static final class Counts extends NoEvents {
        /** The second of the custom checks. */
        private static final int LAST_CHECK = RiskCheck.CUSTOM + 1;

        private long fills;
        private long refusals;

        @Override
        public void onExecuted(
                final int order,
                final long quantity,
                final long price,
                final boolean maker,
                final long matchNumber) {
            fills++;
        }

        @Override
        public void onRiskRejected(
                final int session,
                final int userRefIdx,
                final int userRefNum,
                final int account,
                final int check,
                final long limit,
                final long value) {
            refusals += check == LAST_CHECK ? 1 : 0;
        }

        @Override
        public void onAdminResult(final long requestHigh, final long requestLow, final int code) {
            if (code != RejectCode.NONE.code) {
                throw new IllegalStateException("answered " + RejectCode.of(code));
            }
        }
    }
}
