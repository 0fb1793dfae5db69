package io.spindle.perf;

import io.spindle.perf.lobster.LobsterReplay;
import io.spindle.perf.pcap.PcapReplay;
import io.spindle.recovery.ReplayDiffCommand;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

/** {@code ./spindle replay}: recorded order flow against our own matching. */
@Command(
        name = "replay",
        description = "Play recorded order flow and compare the books.",
        mixinStandardHelpOptions = true,
        subcommands = {LobsterReplay.class, PcapReplay.class, ReplayDiffCommand.class})
public final class ReplayCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "Which recording? See --help.");
    }
}
