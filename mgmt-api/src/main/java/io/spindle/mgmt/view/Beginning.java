package io.spindle.mgmt.view;

import io.spindle.journal.LogStart;
import io.spindle.log.DataFolder;
import io.spindle.mgmt.model.Fact;
import io.spindle.oms.TradingEngine;
import io.spindle.recovery.KeptNotes;
import io.spindle.replica.Snapshots;

import java.io.IOException;
import java.util.function.Consumer;

/**
 * What a view has to know that begins with a snapshot and not with the first command.
 *
 * <p><i>Guarded by</i> the {@link View}.
 */
final class Beginning {
    private final TradingEngine engine;
    private final EngineNames names;
    private final CommandInHand command;
    private final OrderFacts orders;
    private final AdminFacts admin;
    private final Consumer<Fact> open;

    /**
     * @param open takes what is open already
     */
    Beginning(
            final TradingEngine engine,
            final EngineNames names,
            final CommandInHand command,
            final OrderFacts orders,
            final AdminFacts admin,
            final Consumer<Fact> open) {
        this.engine = engine;
        this.names = names;
        this.command = command;
        this.orders = orders;
        this.admin = admin;
        this.open = open;
    }

    /** Returns the sequence of the snapshot, 0 if the log has its first command. */
    long restore(final DataFolder folder) throws IOException {
        final long sequence =
                new Snapshots(folder.snapshots())
                        .restoreStart(engine, LogStart.of(folder.archive()));
        if (sequence > 0) {
            adoptOpenOrders();
            KeptNotes.read(
                    folder,
                    sequence,
                    (number, timeNs, buffer, offset, length) -> {
                        command.take(buffer, offset);
                        admin.recall(number, timeNs);
                    });
        }
        return sequence;
    }

    void adoptOpenOrders() {
        for (int order = 0; order < engine.orders().highWater(); order++) {
            if (engine.orders().isLive(order)) {
                open.accept(orders.adopted(order));
            }
        }
        for (int i = 0; i < engine.algorithms().highWater(); i++) {
            if (engine.algorithms().isLive(i)) {
                open.accept(AlgorithmHistory.read(engine, names, i));
            }
        }
    }
}
