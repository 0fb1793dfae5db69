package io.spindle.mgmt.testing;

import io.spindle.mgmt.control.ControlDesk;
import io.spindle.mgmt.database.Database;
import io.spindle.mgmt.office.BackOffice;
import io.spindle.mgmt.report.Reports;
import io.spindle.mgmt.stream.EventLog;
import io.spindle.mgmt.view.View;

import org.agrona.IoUtil;
import org.jdbi.v3.core.Jdbi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/** Folder, database and back office of a market in memory, each made when it is asked for. */
final class OfficeRooms {
    private final Path folder = newFolder();
    private BackOffice office;
    private Database database;

    /** A folder of its own, gone with this JVM. */
    static Path newFolder() {
        try {
            final Path made = Files.createTempDirectory("spindle-market");
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(() -> IoUtil.delete(made.toFile(), true)));
            return made;
        } catch (final IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    Path folder() {
        return folder;
    }

    /** Nobody writes to it, and it is said to lack nothing. */
    private synchronized Jdbi database() {
        if (database == null) {
            database = Database.sqlite(folder.resolve("spindle.db"));
            stored(Long.MAX_VALUE);
        }
        return database.jdbi();
    }

    /** From now on it is said to have everything up to this sequence. */
    void stored(final long sequence) {
        database()
                .useHandle(
                        handle -> {
                            handle.execute("DELETE FROM position");
                            handle.execute(
                                    "INSERT INTO position (id, log_id, sequence) VALUES (1, ?, ?)",
                                    "none",
                                    sequence);
                        });
    }

    synchronized BackOffice office(
            final View view,
            final EventLog events,
            final ControlDesk desk,
            final LongSupplier logEnd) {
        try {
            if (office == null) {
                office =
                        new BackOffice(
                                folder,
                                view,
                                events,
                                desk,
                                new Reports(this::database),
                                () -> true,
                                logEnd);
            }
            return office;
        } catch (final IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
