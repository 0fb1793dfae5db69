package io.spindle.mgmt.process;

import io.spindle.journal.LogCursor;
import io.spindle.log.CommandHandler;
import io.spindle.log.DataFolder;
import io.spindle.mgmt.view.TimeTravel;
import io.spindle.mgmt.view.View;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The Archive's files, read where they lie, from the log's beginning for a view that has seen
 * nothing.
 */
final class RecordedLog implements TimeTravel.Log {
    private final LogCursor cursor;

    /** Behind what the view begins with. */
    RecordedLog(final DataFolder folder, final View view) {
        try {
            cursor = new LogCursor(folder.archive(), view.begin(folder));
        } catch (final IOException failure) {
            throw new UncheckedIOException(failure);
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
