package io.spindle.mgmt.process;

import io.spindle.journal.LogCursor;
import io.spindle.log.DataFolder;
import io.spindle.mgmt.api.Api;
import io.spindle.mgmt.api.ApiServer;
import io.spindle.mgmt.api.HealthApi;
import io.spindle.mgmt.database.Database;
import io.spindle.mgmt.database.DatabaseWriter;
import io.spindle.mgmt.security.AdminKey;
import io.spindle.mgmt.security.ApiKeys;
import io.spindle.mgmt.security.Principal;
import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.stream.EventLog;
import io.spindle.mgmt.view.TimeTravel;
import io.spindle.mgmt.view.View;
import io.spindle.oms.EngineConfig;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/** The management process of one data folder, put together. Closes in reverse order. */
public final class MgmtProcess implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MgmtProcess.class);

    private static final int EVENTS_KEPT = 200_000;

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final ApiServer server;

    /**
     * @param port 0 for any free one
     * @param databaseUrl where history goes, or null for SQLite in the data folder
     */
    public MgmtProcess(
            final DataFolder folder, final String host, final int port, final String databaseUrl)
            throws IOException {
        folder.create();
        final ApiKeys keys = new ApiKeys();
        keys.add(
                AdminKey.readOrCreate(folder.adminKey()),
                new Principal("admin", Set.of(Role.ADMIN), Set.of()));
        final View view = new View(EngineConfig.standard(), View.Limits.standard());
        final EventLog events = new EventLog(EVENTS_KEPT);
        view.addListener(events);
        final Database database =
                databaseUrl == null
                        ? Database.sqlite(folder.database())
                        : Database.open(databaseUrl);
        final DatabaseWriter writer = new DatabaseWriter(database, folder.logId(), view);
        parts.push(writer);
        final LogCursor cursor = new LogCursor(folder.archive(), 0);
        parts.push(cursor);
        final Follower follower =
                new Follower(
                        view,
                        (handler, limit) -> writer.isFull() ? 0 : cursor.poll(handler, limit));
        parts.push(follower);
        final RingControl control = new RingControl(folder);
        parts.push(control);
        final LoopWatch loop =
                new LoopWatch(folder.counters(), folder.pid("trading"), System::nanoTime);
        final Metrics metrics = new Metrics(loop, view);
        metrics.gauge(
                "spindle.database.lag.commands",
                "commands that the replica has applied and the database does not know",
                writer,
                DatabaseWriter::lag);
        server =
                ApiServer.start(
                        host,
                        port,
                        keys,
                        new Api(
                                view,
                                past(folder, view),
                                events,
                                control,
                                () -> checks(loop, follower),
                                metrics::scrape));
        parts.push(server);
    }

    private static List<HealthApi.Check> checks(final LoopWatch loop, final Follower follower) {
        final String alarm = follower.alarm();
        return List.of(
                loop.orderPort(),
                new HealthApi.Check(
                        "replica", alarm.isEmpty(), alarm.isEmpty() ? "follows the log" : alarm));
    }

    private static TimeTravel past(final DataFolder folder, final View now) {
        return new TimeTravel(
                () -> new View(EngineConfig.standard(), View.Limits.standard()),
                () -> new RecordedLog(folder),
                () -> now.read(View.Reading::sequence));
    }

    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (final Exception failure) {
                LOG.warn("closing", failure);
            }
        }
    }
}
