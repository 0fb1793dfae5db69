package io.spindle.mgmt.api;

import io.spindle.mgmt.stream.EventLog;
import io.spindle.mgmt.view.View;

import java.util.ArrayList;
import java.util.List;

/** The whole API: its route table and its stream. */
public final class Api {
    private final List<Route> routes = new ArrayList<>();
    private final StreamApi stream;

    public Api(final ApiContext context) {
        final View view = context.view();
        final EventLog events = context.events();
        final Readings readings = new Readings(view, context.past());
        final Writes writes = new Writes(context.control(), view);
        stream = new StreamApi(view, events);
        routes.addAll(new HealthApi(context.checks()).routes());
        routes.addAll(new MetricsApi(context.metrics()).routes());
        routes.addAll(new KeysApi(context.keys()).routes());
        routes.addAll(new MarketApi(readings, writes).routes());
        routes.addAll(new OrdersApi(readings, new Pages()).routes());
        routes.addAll(new MembersApi(readings, writes).routes());
        routes.addAll(new LedgerApi(readings, writes).routes());
        routes.addAll(new ControlsApi(readings, writes).routes());
        routes.addAll(new LimitsApi(writes).routes());
        routes.addAll(new EventsApi(events).routes());
        routes.addAll(new MetadataApi(readings, writes).routes());
        routes.addAll(new StartOfDayApi(context.office().startOfDay()).routes());
        routes.addAll(new ReconciliationApi(context.office()).routes());
        routes.addAll(stream.routes());
        routes.addAll(new DocumentApi().routes());
        routes.addAll(new ConsoleApi().routes());
    }

    public List<Route> routes() {
        return List.copyOf(routes);
    }

    StreamApi stream() {
        return stream;
    }
}
