package io.spindle.recovery;

import io.spindle.log.CommandHandler;
import io.spindle.log.DataFolder;
import io.spindle.oms.EngineConfig;
import io.spindle.oms.NoEvents;
import io.spindle.oms.SnapshotReader;
import io.spindle.oms.TradingEngine;
import io.spindle.replica.Snapshots;

import org.agrona.DirectBuffer;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The appliance as it was: an engine at any sequence or moment of the log, from the newest snapshot
 * that is not later. Books with their queues, balances, reservations, configuration: everything
 * that the engine holds is there to be read.
 */
public final class TimeTravel {
    private final DataFolder folder;
    private final EngineConfig config;

    public TimeTravel(final DataFolder folder, final EngineConfig config) {
        this.folder = folder;
        this.config = config;
    }

    /** The engine after the command with this sequence, or at the log's end if it is shorter. */
    public TradingEngine at(final long sequence) throws IOException {
        final TradingEngine engine = engine();
        new Snapshots(folder.snapshots()).restore(engine, sequence);
        new OfflineLog(folder).read(engine.sequence(), sequence, engine::apply);
        return engine;
    }

    /** The engine after the last command logged at or before this time, ns since the epoch. */
    public TradingEngine atTime(final long epochNs) throws IOException {
        final TradingEngine engine = engine();
        final SnapshotReader reader = new SnapshotReader();
        for (final Path file : SnapshotReader.list(folder.snapshots())) {
            if (reader.readIfIntact(file, engine, epochNs)) {
                break;
            }
        }
        final Until until = new Until(engine, epochNs);
        new OfflineLog(folder).read(engine.sequence(), sequence -> until.isPast, until);
        return engine;
    }

    private TradingEngine engine() {
        final NoEvents nothing = new NoEvents();
        return new TradingEngine(config, nothing, nothing, nothing);
    }

    /** Time only grows, so whatever follows the first one left out is later too. */
    private static final class Until implements CommandHandler {
        private final TradingEngine engine;
        private final long untilNs;
        private boolean isPast;

        Until(final TradingEngine engine, final long untilNs) {
            this.engine = engine;
            this.untilNs = untilNs;
        }

        @Override
        public void onCommand(
                final long sequence,
                final long timeNs,
                final DirectBuffer buffer,
                final int offset,
                final int length) {
            isPast |= timeNs > untilNs;
            if (!isPast) {
                engine.apply(sequence, timeNs, buffer, offset, length);
            }
        }
    }
}
