package io.spindle.journal;

import io.spindle.log.AckLevel;
import io.spindle.log.DataFolder;
import io.spindle.net.Ports;
import io.spindle.process.ProcessEnd;
import io.spindle.standby.StandbyAddress;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.util.concurrent.Callable;

/** {@code ./spindle media}. */
@Command(
        name = "media",
        description = {
            "Records the log: Aeron's media driver and Archive, and the journaller that feeds them.",
            "",
            "Runs until SIGTERM. May be killed at any time: started again, it goes on where the",
            "recording ends. `spindle run` starts it for you."
        })
public final class MediaCommand implements Callable<Integer> {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "data",
            description = "Data folder (default: ./data).")
    private Path data;

    @Option(
            names = "--ack",
            paramLabel = "LEVEL",
            defaultValue = "ring",
            description = {
                "What answers wait for: with synced, recorded means on the disk; otherwise it means",
                "safe from every process, but not from power loss (default: ${DEFAULT-VALUE})."
            })
    private String ack;

    @Option(
            names = "--port-base",
            paramLabel = "N",
            defaultValue = "" + Ports.DEFAULT_BASE,
            description = "First UDP port of the appliance (default: ${DEFAULT-VALUE}).")
    private int portBase;

    @Option(
            names = "--standby",
            paramLabel = "ADDRESS",
            description = "Own address to which a standby connects, UDP ports N+23 and N+24.")
    private String standby;

    @Override
    public Integer call() throws Exception {
        final JournalConfig config =
                AckLevel.parse(ack) == AckLevel.SYNCED
                        ? JournalConfig.defaults().synced()
                        : JournalConfig.defaults();
        final StandbyAddress address =
                standby == null ? null : new StandbyAddress(standby, new Ports(portBase));
        try (ProcessEnd end = new ProcessEnd("media")) {
            new MediaProcess(new DataFolder(data), config, address, end::say).run(end::isRunning);
        }
        return 0;
    }
}
