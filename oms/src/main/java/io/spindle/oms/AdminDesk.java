package io.spindle.oms;

import io.spindle.oms.command.AdjustCashDecoder;
import io.spindle.oms.command.AdjustHoldingDecoder;
import io.spindle.oms.command.AdminCancelDecoder;
import io.spindle.oms.command.AnnotateDecoder;
import io.spindle.oms.command.AuthoriseDecoder;
import io.spindle.oms.command.BatchBeginDecoder;
import io.spindle.oms.command.BatchCommitDecoder;
import io.spindle.oms.command.BustTradeDecoder;
import io.spindle.oms.command.CorrectTradeDecoder;
import io.spindle.oms.command.DefineAccountDecoder;
import io.spindle.oms.command.DefineFirmDecoder;
import io.spindle.oms.command.DefineInstrumentDecoder;
import io.spindle.oms.command.DefineSessionDecoder;
import io.spindle.oms.command.LinkBooksDecoder;
import io.spindle.oms.command.MessageHeaderDecoder;
import io.spindle.oms.command.SetAccountFeesDecoder;
import io.spindle.oms.command.SetAuthorisationRuleDecoder;
import io.spindle.oms.command.SetDayGateDecoder;
import io.spindle.oms.command.SetDisconnectGraceDecoder;
import io.spindle.oms.command.SetEntryStateDecoder;
import io.spindle.oms.command.SetFeesDecoder;
import io.spindle.oms.command.SetInstrumentRiskDecoder;
import io.spindle.oms.command.SetLimitsDecoder;
import io.spindle.oms.command.SetRateDecoder;
import io.spindle.oms.command.SetReferencePriceDecoder;
import io.spindle.oms.command.SetTradingStateDecoder;
import io.spindle.oms.command.StartAlgorithmDecoder;
import io.spindle.oms.command.StopAlgorithmDecoder;

import org.agrona.DirectBuffer;

/**
 * Takes admin commands: answers each once, a repeat with the first answer, and keeps the rows of an
 * open batch aside.
 *
 * <p>Every admin command begins with its 128-bit request id; id 0 is never remembered.
 */
final class AdminDesk {
    private static final int REQUEST_HIGH = 0;
    private static final int REQUEST_LOW = 8;

    private final RequestTable requests;
    private final Batch batch;
    private final Configuration configuration;
    private final RiskDesk risk;
    private final TradeDesk trades;
    private final VenueDesk venues;
    private final Housekeeping housekeeping;
    private final Algorithms algorithms;
    private final Emitter emitter;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final BatchCommitDecoder batchCommit = new BatchCommitDecoder();
    private final DefineInstrumentDecoder defineInstrument = new DefineInstrumentDecoder();
    private final DefineFirmDecoder defineFirm = new DefineFirmDecoder();
    private final DefineAccountDecoder defineAccount = new DefineAccountDecoder();
    private final DefineSessionDecoder defineSession = new DefineSessionDecoder();
    private final AdjustCashDecoder adjustCash = new AdjustCashDecoder();
    private final AdjustHoldingDecoder adjustHolding = new AdjustHoldingDecoder();
    private final LinkBooksDecoder linkBooks = new LinkBooksDecoder();
    private final SetTradingStateDecoder setTradingState = new SetTradingStateDecoder();

    private final SetEntryStateDecoder setEntryState = new SetEntryStateDecoder();
    private final SetDayGateDecoder setDayGate = new SetDayGateDecoder();
    private final SetLimitsDecoder setLimits = new SetLimitsDecoder();
    private final SetInstrumentRiskDecoder setInstrumentRisk = new SetInstrumentRiskDecoder();
    private final SetReferencePriceDecoder setReferencePrice = new SetReferencePriceDecoder();
    private final SetFeesDecoder setFees = new SetFeesDecoder();
    private final SetAccountFeesDecoder setAccountFees = new SetAccountFeesDecoder();
    private final SetRateDecoder setRate = new SetRateDecoder();
    private final SetAuthorisationRuleDecoder setAuthorisationRule =
            new SetAuthorisationRuleDecoder();
    private final AuthoriseDecoder authorise = new AuthoriseDecoder();
    private final SetDisconnectGraceDecoder setDisconnectGrace = new SetDisconnectGraceDecoder();
    private final AdminCancelDecoder adminCancel = new AdminCancelDecoder();
    private final BustTradeDecoder bustTrade = new BustTradeDecoder();
    private final CorrectTradeDecoder correctTrade = new CorrectTradeDecoder();
    private final StartAlgorithmDecoder startAlgorithm = new StartAlgorithmDecoder();
    private final StopAlgorithmDecoder stopAlgorithm = new StopAlgorithmDecoder();

    AdminDesk(
            final Tables tables,
            final Configuration configuration,
            final RiskDesk risk,
            final TradeDesk trades,
            final VenueDesk venues,
            final Housekeeping housekeeping,
            final Algorithms algorithms,
            final Emitter emitter) {
        this.requests = tables.requests;
        this.batch = tables.batch;
        this.configuration = configuration;
        this.risk = risk;
        this.trades = trades;
        this.venues = venues;
        this.housekeeping = housekeeping;
        this.algorithms = algorithms;
        this.emitter = emitter;
    }

    /** Takes one command, its header included. */
    void handle(final DirectBuffer buffer, final int offset, final int length) {
        header.wrap(buffer, offset);
        if (batch.isOpen() && isRow(header.templateId())) {
            batch.add(buffer, offset, length);
        } else {
            answer(buffer, offset);
        }
    }

    /** Rows may be part of a batch; everything else acts at once, batch or no batch. */
    private static boolean isRow(final int templateId) {
        return templateId >= DefineInstrumentDecoder.TEMPLATE_ID
                && templateId <= AdjustHoldingDecoder.TEMPLATE_ID;
    }

    private void answer(final DirectBuffer buffer, final int offset) {
        final int body = offset + MessageHeaderDecoder.ENCODED_LENGTH;
        final long high = buffer.getLong(body + REQUEST_HIGH, BatchBeginDecoder.BYTE_ORDER);
        final long low = buffer.getLong(body + REQUEST_LOW, BatchBeginDecoder.BYTE_ORDER);
        final boolean hasId = (high | low) != 0;
        int code = hasId ? requests.answer(high, low) : RequestTable.UNSEEN;
        if (code == RequestTable.UNSEEN) {
            code = act(buffer, body);
            if (hasId) {
                requests.remember(high, low, code);
            }
        } else if (header.templateId() == BatchCommitDecoder.TEMPLATE_ID) {
            discardAgain(batchCommit.wrap(buffer, body, header.blockLength(), header.version()));
        }
        emitter.adminResult(high, low, code);
    }

    /** Rows that came again with their commit go; those of another sender stay open. */
    private void discardAgain(final BatchCommitDecoder command) {
        if (batch.matches(command.count(), command.checksum())) {
            batch.discard();
        }
    }

    private int act(final DirectBuffer buffer, final int body) {
        final int block = header.blockLength();
        final int version = header.version();
        switch (header.templateId()) {
            case BatchBeginDecoder.TEMPLATE_ID:
                batch.open();
                return RejectCode.NONE.code;
            case BatchCommitDecoder.TEMPLATE_ID:
                return commit(batchCommit.wrap(buffer, body, block, version));
            case DefineInstrumentDecoder.TEMPLATE_ID:
                return configuration.defineInstrument(
                        defineInstrument.wrap(buffer, body, block, version));
            case DefineFirmDecoder.TEMPLATE_ID:
                return configuration.defineFirm(defineFirm.wrap(buffer, body, block, version));
            case DefineAccountDecoder.TEMPLATE_ID:
                return configuration.defineAccount(
                        defineAccount.wrap(buffer, body, block, version));
            case DefineSessionDecoder.TEMPLATE_ID:
                return configuration.defineSession(
                        defineSession.wrap(buffer, body, block, version));
            case AdjustCashDecoder.TEMPLATE_ID:
                return configuration.adjustCash(adjustCash.wrap(buffer, body, block, version));
            case AdjustHoldingDecoder.TEMPLATE_ID:
                return configuration.adjustHolding(
                        adjustHolding.wrap(buffer, body, block, version));
            case LinkBooksDecoder.TEMPLATE_ID:
                return configuration.linkBooks(linkBooks.wrap(buffer, body, block, version));
            case SetTradingStateDecoder.TEMPLATE_ID:
                return configuration.setTradingState(
                        setTradingState.wrap(buffer, body, block, version));
            default:
                return actOnRisk(buffer, body);
        }
    }

    private int actOnRisk(final DirectBuffer buffer, final int body) {
        final int block = header.blockLength();
        final int version = header.version();
        switch (header.templateId()) {
            case SetEntryStateDecoder.TEMPLATE_ID:
                return risk.setEntryState(setEntryState.wrap(buffer, body, block, version));
            case SetLimitsDecoder.TEMPLATE_ID:
                return risk.setLimits(setLimits.wrap(buffer, body, block, version));
            case SetInstrumentRiskDecoder.TEMPLATE_ID:
                return risk.setInstrumentRisk(setInstrumentRisk.wrap(buffer, body, block, version));
            case SetReferencePriceDecoder.TEMPLATE_ID:
                return risk.setReferencePrice(setReferencePrice.wrap(buffer, body, block, version));
            case SetFeesDecoder.TEMPLATE_ID:
                return risk.setFees(setFees.wrap(buffer, body, block, version));
            case SetAccountFeesDecoder.TEMPLATE_ID:
                return risk.setAccountFees(setAccountFees.wrap(buffer, body, block, version));
            case SetRateDecoder.TEMPLATE_ID:
                return risk.setRate(setRate.wrap(buffer, body, block, version));
            case SetAuthorisationRuleDecoder.TEMPLATE_ID:
                return risk.setAuthorisationRule(
                        setAuthorisationRule.wrap(buffer, body, block, version));
            case AuthoriseDecoder.TEMPLATE_ID:
                return housekeeping.authorise(authorise.wrap(buffer, body, block, version));
            case SetDisconnectGraceDecoder.TEMPLATE_ID:
                return risk.setDisconnectGrace(
                        setDisconnectGrace.wrap(buffer, body, block, version));
            case AdminCancelDecoder.TEMPLATE_ID:
                return risk.adminCancel(adminCancel.wrap(buffer, body, block, version));
            case SetDayGateDecoder.TEMPLATE_ID:
                return risk.setDayGate(setDayGate.wrap(buffer, body, block, version));
            case BustTradeDecoder.TEMPLATE_ID:
                return trades.bust(bustTrade.wrap(buffer, body, block, version));
            case CorrectTradeDecoder.TEMPLATE_ID:
                return trades.correct(correctTrade.wrap(buffer, body, block, version));
            case StartAlgorithmDecoder.TEMPLATE_ID:
                return algorithms.start(startAlgorithm.wrap(buffer, body, block, version));
            case StopAlgorithmDecoder.TEMPLATE_ID:
                return algorithms.stop(stopAlgorithm.wrap(buffer, body, block, version));
            case AnnotateDecoder.TEMPLATE_ID:
                return RejectCode.NONE.code;
            default:
                return venues.act(header, buffer, body);
        }
    }

    private int commit(final BatchCommitDecoder command) {
        final long count = command.count();
        final long checksum = command.checksum();
        if (!batch.isOpen()) {
            return RejectCode.NO_BATCH.code;
        }
        int code = RejectCode.NONE.code;
        if (batch.isOverfull()) {
            code = RejectCode.BATCH_FULL.code;
        } else if (!batch.matches(count, checksum)) {
            code = RejectCode.BATCH_CHECKSUM.code;
        } else {
            applyRows();
        }
        batch.discard();
        return code;
    }

    /** Each row has its own answer: a bad one is reported, the others stand. */
    private void applyRows() {
        final DirectBuffer rows = batch.bytes();
        for (int offset = 0; offset < batch.length(); ) {
            final int length = rows.getInt(offset);
            header.wrap(rows, offset + Integer.BYTES);
            answer(rows, offset + Integer.BYTES);
            offset += Integer.BYTES + length;
        }
    }
}
