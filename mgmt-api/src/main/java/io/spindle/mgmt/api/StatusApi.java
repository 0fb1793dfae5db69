package io.spindle.mgmt.api;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.javalin.http.Context;
import io.javalin.openapi.HttpMethod;
import io.javalin.openapi.OpenApi;
import io.javalin.openapi.OpenApiContent;
import io.javalin.openapi.OpenApiResponse;
import io.spindle.log.DataFolder;
import io.spindle.loop.LoopCounter;
import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.supervisor.RunFolder;
import io.spindle.mgmt.view.View;
import io.spindle.oms.SnapshotReader;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** What runs: processes, counters of loop and network card, options, snapshots; and a new one. */
final class StatusApi {
    private static final List<String> PROCESSES =
            List.of(RunFolder.SUPERVISOR, "media", "trading", "feed", "mgmt");

    private final DataFolder folder;
    private final View view;
    private final Supplier<Map<String, Long>> counters;

    /**
     * @param counters the trading loop's, by label
     */
    StatusApi(
            final DataFolder folder, final View view, final Supplier<Map<String, Long>> counters) {
        this.folder = folder;
        this.view = view;
        this.counters = counters;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/v1/status", this::status, Role.all()),
                Route.get("/v1/standby", this::standby, Role.all()),
                Route.get("/v1/snapshots", this::snapshots, Role.readers()),
                Route.post("/v1/snapshots", this::snapshot, EnumSet.of(Role.OPERATOR))
                        .wholeMarket()
                        .once());
    }

    /**
     * A process of the appliance.
     *
     * @param pid 0 if it does not run
     */
    public record ProcessJson(String name, long pid) {}

    /** A snapshot on disk: the state after a command. */
    public record SnapshotJson(long sequence, long bytes) {
        static SnapshotJson of(final Path file) throws IOException {
            final String name = file.getFileName().toString();
            return new SnapshotJson(
                    Long.parseLong(name.substring(0, name.indexOf('.'))), Files.size(file));
        }
    }

    /**
     * The whole of it.
     *
     * @param counters of the trading loop: state, log, network card, sessions, codec, feed
     * @param options with which the appliance was started: backend, profile, ports
     */
    public record StatusJson(
            List<ProcessJson> processes,
            Map<String, Long> counters,
            Map<String, String> options,
            List<SnapshotJson> snapshots) {}

    @OpenApi(
            path = "/v1/status",
            methods = HttpMethod.GET,
            operationId = "getStatus",
            summary = "Processes, counters of loop and network card, options, snapshots",
            tags = "health",
            responses =
                    @OpenApiResponse(
                            status = "200",
                            content = @OpenApiContent(from = StatusJson.class)))
    private void status(final Context ctx) throws IOException {
        final RunFolder run = RunFolder.of(folder.path());
        final Map<String, String> options = new TreeMap<>();
        run.description().forEach((name, value) -> options.put(name.toString(), value.toString()));
        options.remove("--database"); // its URL may hold a password
        ctx.json(
                new StatusJson(
                        PROCESSES.stream()
                                .map(
                                        name ->
                                                new ProcessJson(
                                                        name,
                                                        run.find(name)
                                                                .map(ProcessHandle::pid)
                                                                .orElse(0L)))
                                .toList(),
                        counters.get(),
                        options,
                        onDisk()));
    }

    private List<SnapshotJson> onDisk() throws IOException {
        final List<SnapshotJson> snapshots = new ArrayList<>();
        for (final Path file : SnapshotReader.list(folder.snapshots())) {
            snapshots.add(SnapshotJson.of(file));
        }
        return snapshots;
    }

    /**
     * The second box, which is told every command.
     *
     * @param address of ours that it connects to; absent without one, as is all below but sequence
     * @param heard whether it was heard of in time: if not, nothing is taken and nothing leaves
     * @param sequence last command here
     * @param replicated last command that it has
     * @param lag commands that it lacks
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record StandbyJson(
            String address, Boolean heard, long sequence, Long replicated, Long lag) {}

    @OpenApi(
            path = "/v1/standby",
            methods = HttpMethod.GET,
            operationId = "getStandby",
            summary = "Whether the standby is heard and how far it is behind",
            tags = "health",
            responses =
                    @OpenApiResponse(
                            status = "200",
                            content = @OpenApiContent(from = StandbyJson.class)))
    private void standby(final Context ctx) {
        final Map<String, Long> now = counters.get();
        final long sequence = now.getOrDefault(LoopCounter.LOG_SEQUENCE.label, 0L);
        final long replicated = now.getOrDefault(LoopCounter.LOG_REPLICATED.label, 0L);
        final String address = RunFolder.of(folder.path()).description().getProperty("--standby");
        ctx.json(
                address == null
                        ? new StandbyJson(null, null, sequence, null, null)
                        : new StandbyJson(
                                address,
                                now.getOrDefault(LoopCounter.LEASE_HELD.label, 0L) != 0,
                                sequence,
                                replicated,
                                Math.max(0, sequence - replicated)));
    }

    /** Snapshots on disk. */
    public record SnapshotsJson(List<SnapshotJson> items) {}

    @OpenApi(
            path = "/v1/snapshots",
            methods = HttpMethod.GET,
            operationId = "listSnapshots",
            summary = "Snapshots on disk, as in the status",
            tags = "health",
            responses =
                    @OpenApiResponse(
                            status = "200",
                            content = @OpenApiContent(from = SnapshotsJson.class)))
    private void snapshots(final Context ctx) throws IOException {
        ctx.json(new SnapshotsJson(onDisk()));
    }

    @OpenApi(
            path = "/v1/snapshots",
            methods = HttpMethod.POST,
            operationId = "takeSnapshot",
            summary = "Writes a snapshot now: the next start replays less",
            tags = "controls",
            responses =
                    @OpenApiResponse(
                            status = "201",
                            content = @OpenApiContent(from = SnapshotJson.class)))
    private void snapshot(final Context ctx) throws IOException {
        final SnapshotJson written = SnapshotJson.of(view.snapshot(folder.snapshots()));
        Audit.after(ctx, written);
        ctx.status(201).json(written);
    }
}
