package io.spindle.mgmt.process;

import io.spindle.log.CommandHandler;
import io.spindle.log.DataFolder;
import io.spindle.mgmt.api.Api;
import io.spindle.mgmt.api.ApiContext;
import io.spindle.mgmt.api.ApiProblem;
import io.spindle.mgmt.api.ApiServer;
import io.spindle.mgmt.api.HealthApi;
import io.spindle.mgmt.api.ProblemCode;
import io.spindle.mgmt.audit.AuditLog;
import io.spindle.mgmt.control.ControlDesk;
import io.spindle.mgmt.database.Database;
import io.spindle.mgmt.database.DatabaseWriter;
import io.spindle.mgmt.latency.Latencies;
import io.spindle.mgmt.office.BackOffice;
import io.spindle.mgmt.office.FeedStatus;
import io.spindle.mgmt.office.StartOfDay;
import io.spindle.mgmt.report.Reports;
import io.spindle.mgmt.security.AdminKey;
import io.spindle.mgmt.security.ApiKeys;
import io.spindle.mgmt.security.KeyRing;
import io.spindle.mgmt.stream.EventLog;
import io.spindle.mgmt.supervisor.RunFolder;
import io.spindle.mgmt.view.TimeTravel;
import io.spindle.mgmt.view.View;
import io.spindle.oms.EngineConfig;

import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The management process of one data folder, put together. Closes in reverse order. */
public final class MgmtProcess implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MgmtProcess.class);

    private static final int EVENTS_KEPT = 200_000;

    /** Bytes of the newest commands. */
    private static final long COMMANDS_KEPT = 16L << 20;

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final ApiServer server;

    public MgmtProcess(final DataFolder folder, final MgmtConfig config) throws IOException {
        folder.create();
        final ApiKeys first = new ApiKeys();
        first.add(AdminKey.readOrCreate(folder.adminKey()), AdminKey.principal());
        final KeyRing keys = KeyRing.open(folder.apiKeys(), Instant::now);
        final AuditLog audit = AuditLog.open(folder.audit());
        parts.push(audit);
        final EngineConfig engine = folder.engineConfig();
        final View view = new View(engine, View.Limits.standard());
        view.keepCommands(COMMANDS_KEPT);
        final RecordedLog log = new RecordedLog(folder, view);
        parts.push(log);
        final long logEnd = RecordedLog.end(folder);
        final EventLog events =
                new EventLog(
                        EVENTS_KEPT,
                        view.read(View.Reading::sequence),
                        view.read(View.Reading::timeNs),
                        logEnd);
        view.addListener(events);
        final TimeTravel past = past(folder, engine, view);
        final DatabaseWriter writer =
                new DatabaseWriter(
                        () -> database(folder, config),
                        folder.logId(),
                        logEnd,
                        view,
                        past,
                        sequence -> databaseHolds(folder, sequence));
        parts.push(writer);
        final LoopWatch loop =
                new LoopWatch(folder.counters(), folder.pid("trading"), System::nanoTime);
        final Metrics metrics = new Metrics(loop, view);
        final Latencies latencies = new Latencies(MgmtProcess::wallNs, logEnd);
        metrics.latencies(latencies);
        final AckWatch acks = AckWatch.of(folder, latencies);
        parts.push(acks);
        final CommandHandler timed = latencies.before(acks.before(view));
        final Follower follower =
                new Follower(
                        view,
                        (handler, limit) -> {
                            final int commands = log.poll(timed, limit);
                            acks.look();
                            return commands;
                        });
        parts.push(follower);
        final RingControl ring = new RingControl(folder);
        parts.push(ring);
        final ControlDesk control = new ControlDesk(ring);
        final BackOffice office =
                new BackOffice(
                        folder.path(),
                        view,
                        events,
                        control,
                        new Reports(() -> jdbi(writer)),
                        () -> writer.lag() == 0,
                        loop::logEnd);
        parts.push(office);
        metrics.reconciliation(office.reconciliation(), office.schedule());
        metrics.gauge(
                "spindle.database.lag.commands",
                "commands that the replica has applied and the database does not know",
                writer,
                DatabaseWriter::lag);
        final RunFolder run = RunFolder.of(folder.path());
        metrics.gauge(
                "spindle.profile.drift",
                "settings that are not as the hardware profile wants them",
                run,
                it -> it.drift().size());
        final Api api =
                new Api(
                        new ApiContext(
                                view,
                                past,
                                events,
                                control,
                                () -> checks(loop, follower, view, audit, writer, run),
                                () -> !follower.isStuck(System.nanoTime()),
                                metrics::scrape,
                                new NicDescription(folder.nic(), loop)::read,
                                keys,
                                office,
                                audit,
                                () -> config.hasTokens() || keys.hasSecondPerson(),
                                config::hasTokens,
                                latencies,
                                folder,
                                loop::counters));
        metrics.refusals(api.refusals());
        server = ApiServer.start(config.endpoint(), first.or(keys).or(config.tokens()), api);
        parts.push(server);
        office.start();
    }

    private static List<HealthApi.Check> checks(
            final LoopWatch loop,
            final Follower follower,
            final View view,
            final AuditLog audit,
            final DatabaseWriter writer,
            final RunFolder run) {
        final String alarm = follower.alarm();
        final boolean closed = view.read(StartOfDay::isClosed);
        final List<String> missing = view.read(now -> FeedStatus.missing(now, Instant.now()));
        final String feeds = String.join("; ", missing);
        return List.of(
                loop.orderPort(),
                loop.log(),
                new HealthApi.Check(
                        "replica", alarm.isEmpty(), alarm.isEmpty() ? "follows the log" : alarm),
                new HealthApi.Check(
                        "feeds", feeds.isEmpty(), feeds.isEmpty() ? "none is missing" : feeds),
                new HealthApi.Check(
                        "start of day", !closed, closed ? "the day is not signed off" : "open"),
                new HealthApi.Check("database", writer.gap().isEmpty(), stateOf(writer)),
                new HealthApi.Check("profile", true, stateOf(run.drift())),
                new HealthApi.Check(
                        "audit",
                        audit.fault().isEmpty(),
                        audit.fault().isEmpty() ? "is written" : audit.fault()));
    }

    /**
     * A database that is away, however long, holds up nothing but its own rows and the reports, so
     * it is told of and does not count as unready. What went wrong may quote what was to be
     * written: it is logged.
     */
    private static String stateOf(final DatabaseWriter writer) {
        if (!writer.gap().isEmpty()) {
            return writer.gap();
        }
        final boolean isOpen = writer.jdbi().isPresent();
        if (!isOpen || !writer.trouble().isEmpty()) {
            return (isOpen ? "takes nothing" : "is not open yet") + "; this process's log says why";
        }
        final long lag = writer.lag();
        return lag == 0 ? "misses nothing" : "lacks the last %d commands".formatted(lag);
    }

    private static Database database(final DataFolder folder, final MgmtConfig config) {
        return config.databaseUrl() == null
                ? Database.sqlite(folder.database())
                : Database.open(config.databaseUrl());
    }

    private static Jdbi jdbi(final DatabaseWriter writer) {
        return writer.jdbi()
                .orElseThrow(
                        () ->
                                ApiProblem.of(
                                        ProblemCode.UNAVAILABLE, "the database is not open yet"));
    }

    /** Slower is not unready. Anybody may ask, so the settings are not named here. */
    private static String stateOf(final List<String> drift) {
        return drift.isEmpty()
                ? "no drift is noted"
                : "settings that differ: %d; /v1/profile names them".formatted(drift.size());
    }

    /** For whoever purges the log. */
    private static void databaseHolds(final DataFolder folder, final long sequence) {
        try {
            folder.databaseHolds(sequence);
        } catch (final IOException e) {
            LOG.warn("cannot say up to where the database is written", e);
        }
    }

    /** In the log's clock, which follows UTC. */
    private static long wallNs() {
        final Instant now = Instant.now();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }

    private static TimeTravel past(
            final DataFolder folder, final EngineConfig engine, final View now) {
        return new TimeTravel(
                () -> new View(engine, View.Limits.standard()),
                view -> new RecordedLog(folder, view),
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
