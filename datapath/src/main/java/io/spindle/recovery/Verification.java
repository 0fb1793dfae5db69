package io.spindle.recovery;

import io.spindle.journal.ChainCheck;
import io.spindle.journal.LogStart;
import io.spindle.log.DataFolder;
import io.spindle.log.LogDamaged;
import io.spindle.oms.EngineConfig;
import io.spindle.oms.NoEvents;
import io.spindle.oms.TradingEngine;
import io.spindle.oms.command.CheckpointDecoder;
import io.spindle.oms.command.MessageHeaderDecoder;
import io.spindle.recovery.OfflineLog.Extent;
import io.spindle.replica.Snapshots;

import org.agrona.DirectBuffer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * The log replayed offline and checked as a whole.
 *
 * @param first sequence of the first command that is there
 * @param snapshot sequence of the snapshot that the replay began with, 0 unless the log was purged
 * @param sequence of the last command
 * @param digest of all events, as the trading process would report it at that sequence
 * @param stateHash of the engine's whole state
 */
public record Verification(
        long first,
        long snapshot,
        Extent extent,
        long sequence,
        long digest,
        long stateHash,
        long checkpoints,
        String chain,
        Optional<String> failure) {

    /**
     * @throws LogDamaged if the log cannot be read to its end
     */
    public static Verification of(final DataFolder folder) throws IOException {
        return of(folder, sequence -> {});
    }

    /**
     * The same, telling how far it is now and then.
     *
     * @throws LogDamaged if the log cannot be read to its end
     */
    public static Verification of(final DataFolder folder, final LongConsumer progress)
            throws IOException {
        final Run run = new Run(folder.engineConfig(), progress);
        final LogStart start = LogStart.of(folder.archive());
        final long snapshot = new Snapshots(folder.snapshots()).restoreStart(run.engine, start);
        final Extent extent = new OfflineLog(folder).read(snapshot, run::apply);
        final ChainCheck chain = ChainCheck.of(folder.archive());
        final Optional<String> failure =
                run.mismatch == null ? chain.failure() : Optional.of(run.mismatch);
        return new Verification(
                start.sequence(),
                snapshot,
                extent,
                run.engine.sequence(),
                run.engine.eventDigest(),
                run.engine.stateHash(),
                run.checkpoints,
                chain.head(),
                failure);
    }

    private static final long TOLD_EVERY = 5_000_000;

    /** An engine that notes the first checkpoint whose digest it does not reach. */
    private static final class Run extends NoEvents {
        private final TradingEngine engine;
        private final MessageHeaderDecoder header = new MessageHeaderDecoder();
        private final LongConsumer progress;
        private long checkpoints;
        private String mismatch;

        Run(final EngineConfig config, final LongConsumer progress) {
            this.progress = progress;
            engine = new TradingEngine(config, this, this, this);
        }

        void apply(
                final long sequence,
                final long timeNs,
                final DirectBuffer buffer,
                final int offset,
                final int length) {
            engine.apply(sequence, timeNs, buffer, offset, length);
            if (sequence % TOLD_EVERY == 0) {
                progress.accept(sequence);
            }
            if (header.wrap(buffer, offset).templateId() == CheckpointDecoder.TEMPLATE_ID) {
                checkpoints++;
            }
        }

        @Override
        public void onDigestMismatch(final long expected, final long actual) {
            if (mismatch == null) {
                mismatch =
                        "checkpoint at sequence %d carries digest %016x, the replay has %016x"
                                .formatted(engine.sequence(), expected, actual);
            }
        }
    }

    /** The report, the digest last. */
    public List<String> lines() {
        final List<String> lines = new ArrayList<>();
        lines.add("recorded  %d … %d".formatted(first, extent.recorded()));
        if (snapshot > 0) {
            lines.add(
                    "snapshot  %d: the replay begins here, the rest was purged"
                            .formatted(snapshot));
        }
        lines.add("ring      %d more".formatted(extent.last() - extent.recorded()));
        lines.add("chain     %s".formatted(chain));
        lines.add("checks    %d checkpoints".formatted(checkpoints));
        lines.add("state     %016x".formatted(stateHash));
        failure.ifPresent(words -> lines.add("DIFFERENT: " + words));
        lines.add("digest %016x at sequence %d".formatted(digest, sequence));
        return List.copyOf(lines);
    }
}
