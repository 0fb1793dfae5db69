package io.spindle.mgmt.database;

import io.spindle.mgmt.view.View;
import io.spindle.oms.TradingEngine;

import org.jdbi.v3.core.Handle;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/**
 * Behind a command of which all facts are there: where a replica stands, or where the rows end.
 *
 * @param digest of all events up to there; null if it is not known, or was another engine's
 */
record Position(long sequence, Long digest) {
    private static final String UPDATE =
            "UPDATE position SET sequence = ?, event_digest = ?, engine_version = ?";

    static Position of(final View.Reading now) {
        return new Position(now.sequence(), now.engine().eventDigest());
    }

    /** The log that the database follows: this one from now on, if it has followed none. */
    static String log(final Handle handle, final UUID logId) {
        final Optional<String> known =
                handle.createQuery("SELECT log_id FROM position").mapTo(String.class).findOne();
        if (known.isEmpty()) {
            handle.execute(
                    "INSERT INTO position (id, log_id, sequence) VALUES (1, ?, 0)",
                    logId.toString());
        }
        return known.orElse(logId.toString());
    }

    /** Where the rows of a database end that follows a log. */
    static Position read(final Handle handle) {
        return handle.createQuery("SELECT sequence, event_digest, engine_version FROM position")
                .map((row, context) -> stored(row))
                .one();
    }

    private static Position stored(final ResultSet row) throws SQLException {
        final long sequence = row.getLong("sequence");
        final long digest = row.getLong("event_digest");
        final boolean isOurs = row.getInt("engine_version") == TradingEngine.ENGINE_VERSION;
        return new Position(sequence, isOurs ? digest : null);
    }

    /** In the transaction of the rows that end here. */
    void write(final Handle handle) {
        handle.execute(UPDATE, sequence, digest, TradingEngine.ENGINE_VERSION);
    }
}
