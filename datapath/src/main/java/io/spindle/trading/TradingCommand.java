package io.spindle.trading;

import io.spindle.log.AckLevel;
import io.spindle.log.DataFolder;
import io.spindle.net.Ports;
import io.spindle.nic.Ipv4;
import io.spindle.process.ProcessEnd;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** {@code ./spindle trading}. */
@Command(
        name = "trading",
        description = {
            "Takes orders, matches them, publishes: the trading loop.",
            "",
            "Runs until SIGTERM. May be killed at any time: started again, it recovers from the log",
            "and goes on. `spindle run` starts it for you."
        })
public final class TradingCommand implements Callable<Integer> {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "data",
            description = "Data folder (default: ./data).")
    private Path data;

    @Option(
            names = "--port-base",
            paramLabel = "N",
            defaultValue = "" + Ports.DEFAULT_BASE,
            description = "First UDP port, order entry (default: ${DEFAULT-VALUE}).")
    private int portBase;

    @Option(
            names = "--backend",
            paramLabel = "NAME",
            defaultValue = "auto",
            description = "NIC backend: auto, or one that must work (default: auto).")
    private String backend;

    @Option(
            names = "--address",
            paramLabel = "IPV4",
            defaultValue = "127.0.0.1",
            description = "Address of order entry (default: ${DEFAULT-VALUE}).")
    private String address;

    @Option(
            names = "--interface",
            paramLabel = "NAME",
            defaultValue = "",
            description = "Network interface, for backends that bypass the kernel.")
    private String interfaceName;

    @Option(
            names = "--bootstrap",
            paramLabel = "DIR|none",
            description = "What an empty log begins with (default: the sample market).")
    private String bootstrap;

    @Option(
            names = "--cpu",
            paramLabel = "N",
            defaultValue = "0",
            description = "Core to pin the loop to and spin on (default: share the machine).")
    private int cpu;

    @Option(
            names = "--max-wait-ms",
            paramLabel = "N",
            defaultValue = "250",
            description = {
                "Refuse new orders once a datagram waited longer than this for the loop, until the",
                "queue is drained; cancels pass (default: ${DEFAULT-VALUE}; 1 fits a core of its"
                        + " own)."
            })
    private int maxWaitMs;

    @Option(
            names = "--timestamps",
            arity = "0..1",
            description = {
                "Have every datagram stamped when it arrives: for the times that clients ask for"
                        + " and",
                "an exact --max-wait-ms (default: the loop's own time)."
            })
    private boolean timestamps;

    @Option(
            names = "--capture",
            paramLabel = "FILE",
            description = {
                "Write every frame received and sent to this pcapng file, off the loop's thread;",
                "frames it cannot keep up with are left out and counted. Writes over no file:",
                "FILE.1 is next. `spindle replay pcap` plays it back."
            })
    private Path capture;

    @Option(
            names = "--attest",
            paramLabel = "DIR",
            description = {
                "Write down, signed, when every order arrived, was in the loop, left it and was",
                "handed to the card; implies --timestamps. `spindle attest FILE` checks it."
            })
    private Path attest;

    @Option(
            names = "--ack",
            paramLabel = "LEVEL",
            defaultValue = "ring",
            description = {
                "When answers leave: ring (the log's memory has the command), synced (the disk has",
                "it), replicated (the standby has it). Default: ${DEFAULT-VALUE}."
            })
    private String ack;

    @Option(
            names = "--standby",
            paramLabel = "ADDRESS",
            description =
                    "A standby is configured: stand still when it has not been heard for 1 s.")
    private String standby;

    @Option(
            names = "--rehearsal",
            paramLabel = "SECONDS",
            defaultValue = "15",
            description = {
                "Longest time that made-up orders may keep the port closed so that the real ones",
                "meet compiled code; 0 = none (default: ${DEFAULT-VALUE})."
            })
    private double rehearsalSeconds;

    @Override
    public Integer call() throws Exception {
        final TradingConfig config =
                new TradingConfig(
                        new DataFolder(data),
                        new Ports(portBase),
                        backend,
                        Ipv4.parse(address),
                        interfaceName,
                        Bootstrap.parse(bootstrap),
                        cpu,
                        TimeUnit.MILLISECONDS.toNanos(maxWaitMs),
                        timestamps,
                        Optional.ofNullable(capture),
                        Optional.ofNullable(attest),
                        AckLevel.parse(ack),
                        standby != null,
                        Duration.ofMillis((long) (rehearsalSeconds * 1_000)));
        try (ProcessEnd end = new ProcessEnd("trading");
                TradingProcess process = new TradingProcess(config, end::say)) {
            process.start();
            process.run(end.running());
        }
        return 0;
    }
}
