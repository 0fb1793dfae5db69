package io.spindle.mgmt.api;

import io.spindle.log.DataFolder;
import io.spindle.mgmt.audit.AuditLog;
import io.spindle.mgmt.control.ControlPort;
import io.spindle.mgmt.latency.Latencies;
import io.spindle.mgmt.office.BackOffice;
import io.spindle.mgmt.security.KeyRing;
import io.spindle.mgmt.stream.EventLog;
import io.spindle.mgmt.view.TimeTravel;
import io.spindle.mgmt.view.View;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What the API stands on.
 *
 * @param past answers what is asked {@code asAt} an earlier moment
 * @param checks what readiness depends on
 * @param alive whether this process's own loop turns; waits for no lock
 * @param metrics the Prometheus text
 * @param nic what the trading process's network queue is, and its counters; empty before the first
 * @param keys the issued API keys
 * @param office start of day and reconciliation
 * @param counters the trading loop's, by label
 * @param secondPerson whether what loosens limits or moves money needs a second person
 * @param tokens whether an OpenID provider lets others in than the holders of keys
 */
public record ApiContext(
        View view,
        TimeTravel past,
        EventLog events,
        ControlPort control,
        Supplier<List<HealthApi.Check>> checks,
        BooleanSupplier alive,
        Supplier<String> metrics,
        Supplier<Optional<NicApi.Nic>> nic,
        KeyRing keys,
        BackOffice office,
        AuditLog audit,
        BooleanSupplier secondPerson,
        BooleanSupplier tokens,
        Latencies latencies,
        DataFolder folder,
        Supplier<Map<String, Long>> counters) {}
