package io.spindle.recovery;

import io.spindle.journal.LogStart;
import io.spindle.log.DataFolder;
import io.spindle.oms.EngineConfig;
import io.spindle.oms.TradingEngine;
import io.spindle.oms.command.CheckpointDecoder;
import io.spindle.oms.command.ContinueDecoder;
import io.spindle.oms.command.ContinueEncoder;
import io.spindle.oms.command.DayStartDecoder;
import io.spindle.oms.command.MessageHeaderDecoder;
import io.spindle.oms.command.MessageHeaderEncoder;
import io.spindle.recovery.OrderOutcomes.Name;
import io.spindle.recovery.OrderOutcomes.Outcome;
import io.spindle.replica.Snapshots;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The log run twice, the second time with something changed: the first command whose effects on
 * orders differ, and every order that ended otherwise.
 *
 * <p>The second engine has a sequence of its own, since commands may have been put in. Work in
 * slices is continued there as it is due there; checkpoints, which are of the first run, are left
 * out.
 *
 * @param commands of the log
 * @param firstDivergence sequence in the log, empty if nothing differs
 * @param orders that both runs heard of
 */
public record ReplayDiff(
        long commands, Optional<Long> firstDivergence, long orders, List<Change> changes) {
    /** One order that ended otherwise. */
    public record Change(String order, String before, String after) {
        @Override
        public String toString() {
            return order + ": " + before + " → " + after;
        }
    }

    /**
     * Runs the whole log.
     *
     * @param at the change takes effect behind this sequence; 0 = behind the first start of a day
     * @throws IllegalArgumentException if the log ends before that
     */
    public static ReplayDiff of(
            final DataFolder folder, final EngineConfig config, final WhatIf change, final long at)
            throws IOException {
        final Run run = new Run(config, change, at);
        new OfflineLog(folder).read(run.begin(folder), run::apply);
        return run.result();
    }

    private static final class Run {
        private final MessageHeaderDecoder header = new MessageHeaderDecoder();
        private final MessageHeaderEncoder newHeader = new MessageHeaderEncoder();
        private final ContinueEncoder next = new ContinueEncoder();
        private final UnsafeBuffer slice =
                new UnsafeBuffer(
                        new byte
                                [MessageHeaderEncoder.ENCODED_LENGTH
                                        + ContinueEncoder.BLOCK_LENGTH]);
        private final OrderOutcomes before;
        private final OrderOutcomes after;
        private final WhatIf change;
        private final long at;
        private boolean inEffect;
        private long divergence;

        Run(final EngineConfig config, final WhatIf change, final long at) {
            this.change = change;
            this.at = at;
            before = new OrderOutcomes(config);
            after = new OrderOutcomes(config);
        }

        /** Both engines begin where the log does. */
        long begin(final DataFolder folder) throws IOException {
            final Snapshots snapshots = new Snapshots(folder.snapshots());
            final LogStart start = LogStart.of(folder.archive());
            snapshots.restoreStart(after.engine, start);
            final long sequence = snapshots.restoreStart(before.engine, start);
            before.adoptOpenOrders();
            after.adoptOpenOrders();
            return sequence;
        }

        void apply(
                final long sequence,
                final long timeNs,
                final DirectBuffer buffer,
                final int offset,
                final int length) {
            before.engine.apply(sequence, timeNs, buffer, offset, length);
            final int kind = header.wrap(buffer, offset).templateId();
            if (kind == ContinueDecoder.TEMPLATE_ID) {
                goOn(timeNs);
            } else if (kind != CheckpointDecoder.TEMPLATE_ID) {
                applyChanged(timeNs, buffer, offset, length);
            }
            while (before.engine.pendingContinue() == 0 && goOn(timeNs)) {}
            if (!inEffect && (at == 0 ? kind == DayStartDecoder.TEMPLATE_ID : sequence >= at)) {
                inEffect = true;
                change.commands().forEach(put -> second(timeNs, put, 0, put.capacity()));
            }
            if (divergence == 0 && before.digest() != after.digest()) {
                divergence = sequence;
            }
        }

        private void applyChanged(
                final long timeNs, final DirectBuffer buffer, final int offset, final int length) {
            final int changedLength = inEffect ? change.change(buffer, offset) : 0;
            if (changedLength == 0) {
                second(timeNs, buffer, offset, length);
            } else {
                second(timeNs, change.changed(), 0, changedLength);
            }
        }

        /** The next slice of the second engine's own work, if it has any. */
        private boolean goOn(final long timeNs) {
            final long origin = after.engine.pendingContinue();
            if (origin == 0) {
                return false;
            }
            next.wrapAndApplyHeader(slice, 0, newHeader).origin(origin);
            second(timeNs, slice, 0, slice.capacity());
            return true;
        }

        private void second(
                final long timeNs, final DirectBuffer buffer, final int offset, final int length) {
            final TradingEngine engine = after.engine;
            engine.apply(engine.sequence() + 1, timeNs, buffer, offset, length);
        }

        ReplayDiff result() {
            if (!inEffect) {
                throw new IllegalArgumentException(
                        "at=" + at + ": the log ends before the change takes effect");
            }
            final List<Change> changes = new ArrayList<>();
            for (final Map.Entry<Name, Outcome> order : before.orders.entrySet()) {
                final Outcome now = after.orders.get(order.getKey());
                if (!order.getValue().equals(now)) {
                    changes.add(
                            new Change(
                                    order.getKey().toString(),
                                    order.getValue().toString(),
                                    String.valueOf(now)));
                }
            }
            return new ReplayDiff(
                    before.engine.sequence(),
                    divergence == 0 ? Optional.empty() : Optional.of(divergence),
                    before.orders.size(),
                    List.copyOf(changes));
        }
    }
}
