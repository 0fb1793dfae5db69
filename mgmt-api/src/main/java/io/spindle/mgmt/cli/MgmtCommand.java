package io.spindle.mgmt.cli;

import io.spindle.log.DataFolder;
import io.spindle.mgmt.process.MgmtConfig;
import io.spindle.mgmt.process.MgmtProcess;
import io.spindle.process.HostPort;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

/** {@code spindle mgmt}: API and console of a data folder, until SIGTERM. */
@Command(
        name = "mgmt",
        description = {
            "Serves the management API and the console of a data folder until SIGTERM.",
            "It follows the log on its own and cannot slow the trading process; killed at any time",
            "and started again, it catches up by itself. `spindle run` starts it for you."
        })
public final class MgmtCommand implements Callable<Integer> {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "data",
            description = "Data folder (default: ./data).")
    private Path data;

    @Option(
            names = "--api",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:8080",
            description = "Address to serve (default: 127.0.0.1:8080).")
    private String api;

    @Option(
            names = "--database",
            paramLabel = "URL",
            description = "jdbc:postgresql://… for history (default: SQLite in the data folder).")
    private String database;

    @Mixin private ApiSecurityOptions security;
    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        final CountDownLatch end = new CountDownLatch(1);
        final CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> endAndWait(end, ended)));
        final HostPort at = HostPort.of(spec, "--api", api);
        final MgmtConfig config =
                new MgmtConfig(
                        security.endpoint(at.host(), at.port()), security.tokens(), database);
        try (MgmtProcess process = new MgmtProcess(new DataFolder(data), config)) {
            spec.commandLine()
                    .getOut()
                    .printf("mgmt: %s://%s:%d%n", security.scheme(), at.host(), process.port())
                    .flush();
            end.await();
        } finally {
            ended.countDown();
        }
        return 0;
    }

    private static void endAndWait(final CountDownLatch end, final CountDownLatch ended) {
        end.countDown();
        try {
            ended.await();
        } catch (final InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
