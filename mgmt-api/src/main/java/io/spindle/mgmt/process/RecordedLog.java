package io.spindle.mgmt.process;

import io.spindle.journal.LogCursor;
import io.spindle.log.CommandHandler;
import io.spindle.log.DataFolder;
import io.spindle.mgmt.view.TimeTravel;

import java.io.IOException;
import java.io.UncheckedIOException;

/** The Archive's files, read where they lie. */
final class RecordedLog implements TimeTravel.Log {
    private final LogCursor cursor;

    RecordedLog(final DataFolder folder) {
        cursor = new LogCursor(folder.archive(), 0);
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
