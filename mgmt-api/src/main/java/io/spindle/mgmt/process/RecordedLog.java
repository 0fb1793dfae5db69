package io.spindle.mgmt.process;

import io.spindle.journal.LogCursor;
import io.spindle.journal.LogEnd;
import io.spindle.log.CommandHandler;
import io.spindle.log.DataFolder;
import io.spindle.log.LogDamaged;
import io.spindle.mgmt.view.TimeTravel;
import io.spindle.mgmt.view.View;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The Archive's files, read where they lie, from the log's beginning for a view that has seen
 * nothing.
 */
final class RecordedLog implements TimeTravel.Log {
    private static final Logger LOG = LoggerFactory.getLogger(RecordedLog.class);

    private final LogCursor cursor;

    /** Behind what the view begins with. */
    RecordedLog(final DataFolder folder, final View view) {
        try {
            cursor = new LogCursor(folder.archive(), view.begin(folder));
        } catch (final IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The last sequence there is; of a damaged log nobody knows. */
    static long end(final DataFolder folder) throws IOException {
        try {
            final LogEnd end = LogEnd.of(folder.archive());
            return end.isDamaged() ? Long.MAX_VALUE : end.sequence();
        } catch (final LogDamaged damage) {
            LOG.error("{}", damage.getMessage());
            return Long.MAX_VALUE;
        }
    }

    @Override
    public int poll(final CommandHandler handler, final int limit) {
        return cursor.poll(handler, limit);
    }

    @Override
    public void close() {
        try {
            cursor.close();
        } catch (final IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
