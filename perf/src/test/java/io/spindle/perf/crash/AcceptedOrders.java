package io.spindle.perf.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.spindle.log.DataFolder;
import io.spindle.log.SmallTables;
import io.spindle.oms.Ascii;
import io.spindle.oms.NoEvents;
import io.spindle.oms.TradingEngine;
import io.spindle.recovery.OfflineLog;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** One session's orders that a replay of a log accepts. */
final class AcceptedOrders extends NoEvents {
    private final TradingEngine engine = new TradingEngine(SmallTables.CONFIG, this, this, this);
    private final Map<Long, Long> references = new HashMap<>();
    private final String name;

    private AcceptedOrders(final String name) {
        this.name = name;
    }

    /**
     * @return user's number to order reference
     */
    static Map<Long, Long> in(final Path data, final String session) throws IOException {
        final AcceptedOrders accepted = new AcceptedOrders(session);
        new OfflineLog(new DataFolder(data)).read(0, accepted.engine::apply);
        return accepted.references;
    }

    @Override
    public void onAccepted(final int order) {
        final int session = engine.orders().session(order);
        if (session == engine.sessions().find(Ascii.pack(name))) {
            final Long before =
                    references.put(
                            engine.orders().userRefNum(order) & 0xFFFF_FFFFL,
                            engine.orders().orderReference(order));
            assertEquals(null, before, "accepted twice");
        }
    }
}
