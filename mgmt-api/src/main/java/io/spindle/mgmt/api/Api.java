package io.spindle.mgmt.api;

import io.spindle.log.DataFolder;
import io.spindle.mgmt.stream.EventHistory;
import io.spindle.mgmt.stream.EventLog;
import io.spindle.mgmt.supervisor.RunFolder;
import io.spindle.mgmt.view.View;
import io.spindle.tuning.machine.Root;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The whole API: its route table and its stream. */
public final class Api {
    private final List<Route> routes = new ArrayList<>();
    private final StreamApi stream;
    private final Audit audit;

    public Api(final ApiContext context) {
        final View view = context.view();
        final EventLog events = context.events();
        final PastCalls pastCalls = new PastCalls();
        final Pages pages = new Pages();
        final Readings readings = new Readings(view, context.past(), pastCalls);
        final Present present = new Present(view, context.office());
        final Proposals proposals = proposals(context.folder());
        final Retries retries = retries(context.folder());
        final Writes writes =
                new Writes(
                        context.control(),
                        view,
                        present,
                        new DryRun(view, context.past()::blank),
                        context.secondPerson(),
                        proposals,
                        retries);
        audit = new Audit(context.audit());
        stream = new StreamApi(view, events, context.latencies());
        routes.addAll(new HealthApi(context.checks(), context.alive()).routes());
        routes.addAll(new MetricsApi(context.metrics()).routes());
        routes.addAll(new NicApi(context.nic()).routes());
        routes.addAll(new LatencyApi(context.latencies()).routes());
        routes.addAll(new StatusApi(context.folder(), view, context.counters()).routes());
        routes.addAll(new ExplainApi(readings, events).routes());
        routes.addAll(new KeysApi(context.keys(), context.tokens()).routes());
        routes.addAll(new CallerApi(this::routes).routes());
        routes.addAll(new ProposalsApi(proposals, writes).routes());
        routes.addAll(new AuditApi(context.audit()).routes());
        routes.addAll(new MarketApi(readings, writes).routes());
        routes.addAll(new OrdersApi(readings, pages).routes());
        routes.addAll(new TicketsApi(readings, writes, context.office().tickets()).routes());
        routes.addAll(new RequestsApi(readings, pages).routes());
        routes.addAll(new RequestStatusesApi(readings).routes());
        routes.addAll(new AlgorithmsApi(readings, writes, pages).routes());
        routes.addAll(new MembersApi(readings, writes, pages).routes());
        routes.addAll(new SessionsApi(readings, writes, pages).routes());
        routes.addAll(new LedgerApi(readings, writes, pages).routes());
        routes.addAll(
                new KillSwitchApi(readings, writes, present, context.secondPerson()).routes());
        routes.addAll(new ControlsApi(readings, writes).routes());
        routes.addAll(new TradesApi(readings, writes).routes());
        routes.addAll(new AuthorisationsApi(readings, writes).routes());
        routes.addAll(new LimitsApi(readings, writes).routes());
        routes.addAll(new InstrumentRiskApi(readings, writes).routes());
        routes.addAll(new RulesApi(readings, writes).routes());
        routes.addAll(new FeesApi(readings, writes).routes());
        routes.addAll(new RatesApi(readings, writes).routes());
        routes.addAll(new VenuesApi(readings, writes).routes());
        routes.addAll(new RoutingApi(readings, writes).routes());
        final EventHistory history = new EventHistory(events, context.past());
        routes.addAll(new EventsApi(history, pastCalls).routes());
        routes.addAll(
                new UpdatesApi(view, context.past(), pastCalls, history, context.audit()).routes());
        routes.addAll(new MetadataApi(readings, writes).routes());
        routes.addAll(
                new StartOfDayApi(
                                readings,
                                present,
                                context.office().startOfDay(),
                                writes,
                                context.secondPerson())
                        .routes());
        routes.addAll(
                new CalendarsApi(readings, present, context.office().calendarClock()).routes());
        routes.addAll(
                new ReconciliationApi(
                                readings, present, context.office(), writes, context.secondPerson())
                        .routes());
        routes.addAll(
                new FeedsApi(
                                readings,
                                context.office().intradayFeed(),
                                writes,
                                context.secondPerson())
                        .routes());
        routes.addAll(new ReportsApi(readings, present, context.office()).routes());
        routes.addAll(
                new NotificationsApi(readings, present, context.office().channels()).routes());
        routes.addAll(new ProfileApi(Root.live(), RunFolder.of(context.folder().path())).routes());
        routes.addAll(stream.routes());
        routes.addAll(new DocumentApi(this::routes).routes());
        routes.addAll(ConsoleApi.routes());
        routes.addAll(ReferenceApi.routes());
        routes.replaceAll(readings::naming);
        routes.replaceAll(new Repeats(writes, retries)::once);
    }

    private static Proposals proposals(final DataFolder folder) {
        try {
            return new Proposals(folder.proposals(), Instant::now);
        } catch (final IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Retries retries(final DataFolder folder) {
        try {
            return new Retries(new RetryFile(folder.retries()), Instant::now);
        } catch (final IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    public List<Route> routes() {
        return List.copyOf(routes);
    }

    /** Who was not let in. */
    public Refusals refusals() {
        return audit.refusals();
    }

    Audit audit() {
        return audit;
    }

    StreamApi stream() {
        return stream;
    }
}
