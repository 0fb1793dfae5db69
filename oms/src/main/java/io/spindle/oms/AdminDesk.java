package io.spindle.oms;

import io.spindle.oms.command.AdjustCashDecoder;
import io.spindle.oms.command.AdjustHoldingDecoder;
import io.spindle.oms.command.BatchBeginDecoder;
import io.spindle.oms.command.BatchCommitDecoder;
import io.spindle.oms.command.DefineAccountDecoder;
import io.spindle.oms.command.DefineFirmDecoder;
import io.spindle.oms.command.DefineInstrumentDecoder;
import io.spindle.oms.command.DefineSessionDecoder;
import io.spindle.oms.command.MessageHeaderDecoder;
import io.spindle.oms.command.SetTradingStateDecoder;

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
    private final Emitter emitter;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final BatchCommitDecoder batchCommit = new BatchCommitDecoder();
    private final DefineInstrumentDecoder defineInstrument = new DefineInstrumentDecoder();
    private final DefineFirmDecoder defineFirm = new DefineFirmDecoder();
    private final DefineAccountDecoder defineAccount = new DefineAccountDecoder();
    private final DefineSessionDecoder defineSession = new DefineSessionDecoder();
    private final AdjustCashDecoder adjustCash = new AdjustCashDecoder();
    private final AdjustHoldingDecoder adjustHolding = new AdjustHoldingDecoder();
    private final SetTradingStateDecoder setTradingState = new SetTradingStateDecoder();

    AdminDesk(final Tables tables, final Configuration configuration, final Emitter emitter) {
        this.requests = tables.requests;
        this.batch = tables.batch;
        this.configuration = configuration;
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
        }
        emitter.adminResult(high, low, code);
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
            case SetTradingStateDecoder.TEMPLATE_ID:
                return configuration.setTradingState(
                        setTradingState.wrap(buffer, body, block, version));
            default:
                return RejectCode.UNKNOWN_COMMAND.code;
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
