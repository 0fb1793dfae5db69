package io.spindle.mgmt.api;

import io.spindle.mgmt.control.ControlPort;
import io.spindle.mgmt.stream.EventLog;
import io.spindle.mgmt.view.TimeTravel;
import io.spindle.mgmt.view.View;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The whole API: its route table and its stream. */
public final class Api {
    private final List<Route> routes = new ArrayList<>();
    private final StreamApi stream;

    /**
     * @param past answers what is asked {@code asAt} an earlier moment
     * @param checks what readiness depends on
     * @param metrics the Prometheus text
     */
    public Api(
            final View view,
            final TimeTravel past,
            final EventLog events,
            final ControlPort control,
            final Supplier<List<HealthApi.Check>> checks,
            final Supplier<String> metrics) {
        final Readings readings = new Readings(view, past);
        final Writes writes = new Writes(control, view);
        stream = new StreamApi(view, events);
        routes.addAll(new HealthApi(checks).routes());
        routes.addAll(new MetricsApi(metrics).routes());
        routes.addAll(new MarketApi(readings, writes).routes());
        routes.addAll(new OrdersApi(readings, new Pages()).routes());
        routes.addAll(new MembersApi(readings, writes).routes());
        routes.addAll(new LedgerApi(readings, writes).routes());
        routes.addAll(new ControlsApi(readings, writes).routes());
        routes.addAll(new LimitsApi(writes).routes());
        routes.addAll(new EventsApi(events).routes());
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
