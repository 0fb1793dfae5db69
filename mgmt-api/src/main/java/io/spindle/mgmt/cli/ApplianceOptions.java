package io.spindle.mgmt.cli;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What makes one appliance differ from another on the same machine. */
public final class ApplianceOptions {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "data",
            description = "Data folder: log, snapshots, database, keys (default: ./data).")
    Path data;

    @Option(
            names = "--port-base",
            paramLabel = "N",
            defaultValue = "26400",
            description =
                    "First UDP port; all others move with it (default: 26400). Order entry is N,"
                            + " market data N+10 and N+11, re-request N+20, snapshot N+21, drop"
                            + " copy N+22.")
    int portBase;

    @Option(
            names = "--api",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:8080",
            description = "Management API and console (default: 127.0.0.1:8080).")
    String api;

    @Option(
            names = "--backend",
            paramLabel = "NAME",
            defaultValue = "auto",
            description =
                    "NIC backend: efvi, afxdp, socket or auto (default), which takes the first"
                            + " that works and says why.")
    String backend;

    @Option(
            names = "--interface",
            paramLabel = "NAME",
            description = "Network interface, for backends that bypass the kernel.")
    String interfaceName;

    @Option(
            names = "--address",
            paramLabel = "IPV4",
            description = "Address of order entry (default: 127.0.0.1).")
    String address;

    @Option(
            names = "--capture",
            paramLabel = "FILE",
            description = "Write every frame of order entry and feed to this pcapng file.")
    Path capture;

    @Option(
            names = "--attest",
            paramLabel = "DIR",
            description = "Write signed latency attestations of every order into this folder.")
    Path attest;

    @Option(
            names = "--bootstrap",
            paramLabel = "DIR|none",
            description =
                    "Configuration loaded into an empty data folder (default: the sample market).")
    String bootstrap;

    @Option(
            names = "--database",
            paramLabel = "URL",
            description =
                    "jdbc:postgresql://… for history and reports (default: SQLite in the data"
                            + " folder).")
    String database;

    @Option(
            names = "--rehearsal",
            paramLabel = "SECONDS",
            description =
                    "Longest time that made-up orders may warm the trading process before its port"
                            + " opens; 0 = none (default: 15).")
    String rehearsal;

    @Option(
            names = "--timestamps",
            arity = "0..1",
            description =
                    "Have every datagram stamped when it arrives: fills the stage `wait` of the"
                            + " latencies.")
    boolean timestamps;

    @Option(
            names = "--max-wait-ms",
            paramLabel = "N",
            description =
                    "Refuse new orders once a datagram waited longer than this for the loop"
                            + " (default: 250; 1 fits a core of its own).")
    Integer maxWaitMs;

    @Mixin ApiSecurityOptions security = new ApiSecurityOptions();

    /** Where a browser finds the console. */
    String console() {
        return security.scheme() + "://" + api;
    }

    @Option(
            names = "--ack",
            paramLabel = "LEVEL",
            defaultValue = "ring",
            description =
                    "When answers leave: ring (default; survives the death of every process), synced"
                            + " (survives power loss), replicated (survives loss of the box).")
    String ack;

    @Option(
            names = "--standby",
            paramLabel = "ADDRESS",
            description =
                    "Own address to which a standby connects; the appliance trades only while it"
                            + " hears from one.")
    String standby;

    @Option(
            names = "--keep-snapshots",
            paramLabel = "N",
            description =
                    "How many of the engine's snapshots to keep: the newest N, and the newest N from"
                            + " in front of a day (default: 3).")
    Integer keepSnapshots;

    /** The options as a child would be given them, absolute and in full. */
    Map<String, String> all() {
        final Map<String, String> all = new LinkedHashMap<>();
        all.put("--data", data.toAbsolutePath().normalize().toString());
        all.put("--port-base", Integer.toString(portBase));
        all.put("--api", api);
        all.put("--backend", backend);
        if (interfaceName != null) {
            all.put("--interface", interfaceName);
        }
        if (address != null) {
            all.put("--address", address);
        }
        if (capture != null) {
            all.put("--capture", capture.toAbsolutePath().toString());
        }
        if (attest != null) {
            all.put("--attest", attest.toAbsolutePath().toString());
        }
        all.put("--ack", ack);
        if (keepSnapshots != null) {
            all.put("--keep-snapshots", keepSnapshots.toString());
        }
        if (standby != null) {
            all.put("--standby", standby);
        }
        if (bootstrap != null) {
            all.put("--bootstrap", bootstrap);
        }
        if (database != null) {
            all.put("--database", database);
        }
        if (rehearsal != null) {
            all.put("--rehearsal", rehearsal);
        }
        if (timestamps) {
            all.put("--timestamps", "true");
        }
        if (maxWaitMs != null) {
            all.put("--max-wait-ms", maxWaitMs.toString());
        }
        all.putAll(security.given());
        return all;
    }

    /** Those that a given command knows, as command line arguments. */
    List<String> argumentsFor(final CommandSpec command) {
        final List<String> arguments = new ArrayList<>();
        all().forEach(
                        (name, value) -> {
                            if (command.findOption(name) != null) {
                                arguments.add(name);
                                arguments.add(value);
                            }
                        });
        return arguments;
    }
}
