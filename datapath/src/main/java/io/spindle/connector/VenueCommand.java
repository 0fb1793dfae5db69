package io.spindle.connector;

import io.spindle.log.DataFolder;
import io.spindle.oms.SampleMarket;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

/** {@code ./spindle venue}. */
@Command(
        name = "venue",
        description = {
            "Plays another venue: order entry over UDP with the sample market's sessions.",
            "",
            "For trying out routing; its folder is deleted at start and end. Runs until SIGTERM."
        })
public final class VenueCommand implements Callable<Integer> {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "data-venue",
            description = "A folder of its own (default: ./data-venue).")
    private Path data;

    @Option(
            names = "--loss",
            paramLabel = "PERCENT",
            defaultValue = "0",
            description = "Datagrams lost each way (default: 0).")
    private int loss;

    @Option(
            names = "--delay",
            paramLabel = "PERCENT",
            defaultValue = "0",
            description = "Datagrams that others overtake (default: 0).")
    private int delay;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "0",
            description = "Orders a second that it announces and takes (default: 0, any).")
    private int rate;

    @Option(
            names = "--largest",
            paramLabel = "LOTS",
            defaultValue = "0",
            description = "Refuses larger orders (default: 0, none).")
    private long largest;

    private final CountDownLatch stopped = new CountDownLatch(1);

    @Override
    public Integer call() throws Exception {
        Runtime.getRuntime().addShutdownHook(new Thread(stopped::countDown));
        final ScriptedVenue.Script script =
                new ScriptedVenue.Script(loss, delay, rate, Math.max(1, rate / 10), largest);
        try (ScriptedVenue venue =
                new ScriptedVenue(new DataFolder(data), script, SampleMarket.session(0))) {
            System.out.println(
                    "venue: order entry on 127.0.0.1:"
                            + venue.address().getPort()
                            + ", session "
                            + SampleMarket.session(0));
            stopped.await();
        }
        return 0;
    }
}
