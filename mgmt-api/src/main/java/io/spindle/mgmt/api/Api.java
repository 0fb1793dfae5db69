package io.spindle.mgmt.api;

import io.spindle.mgmt.control.ControlPort;
import io.spindle.mgmt.view.View;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The whole route table. */
public final class Api {
    private Api() {}

    /**
     * @param checks what readiness depends on
     * @param metrics the Prometheus text
     */
    public static List<Route> routes(
            final View view,
            final ControlPort control,
            final Supplier<List<HealthApi.Check>> checks,
            final Supplier<String> metrics) {
        final Readings readings = ctx -> view;
        final Writes writes = new Writes(control, view);
        final Pages pages = new Pages();
        final List<Route> routes = new ArrayList<>();
        routes.addAll(new HealthApi(checks).routes());
        routes.addAll(new MetricsApi(metrics).routes());
        routes.addAll(new MarketApi(readings, writes).routes());
        routes.addAll(new OrdersApi(readings, pages).routes());
        routes.addAll(new MembersApi(readings, writes).routes());
        routes.addAll(new ControlsApi(readings, writes).routes());
        routes.addAll(new LimitsApi(writes).routes());
        routes.addAll(new DocumentApi().routes());
        return List.copyOf(routes);
    }
}
