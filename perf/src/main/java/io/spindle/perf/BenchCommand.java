package io.spindle.perf;

import io.spindle.perf.all.AllCommand;
import io.spindle.perf.book.BookBench;
import io.spindle.perf.book.StreamGenerator;
import io.spindle.perf.engine.EngineBench;
import io.spindle.perf.flood.FloodBench;
import io.spindle.perf.isolation.IsolationBench;
import io.spindle.perf.load.CompareCommand;
import io.spindle.perf.load.LoadCommand;
import io.spindle.perf.log.LogBench;
import io.spindle.perf.start.AotBench;
import io.spindle.perf.start.FirstSecondsBench;
import io.spindle.perf.start.RecoveryBench;
import io.spindle.perf.start.StartBench;
import io.spindle.perf.wire.LadderBench;
import io.spindle.perf.wire.WireBench;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

/** {@code bench}: measures one part of the appliance. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measures a part of the appliance on this machine.",
        subcommands = {
            BookBench.class,
            StreamGenerator.class,
            LogBench.class,
            WireBench.class,
            LadderBench.class,
            EngineBench.class,
            LoadCommand.class,
            AllCommand.class,
            CompareCommand.class,
            StartBench.class,
            FirstSecondsBench.class,
            AotBench.class,
            RecoveryBench.class,
            FloodBench.class,
            IsolationBench.class
        })
public final class BenchCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return 2;
    }
}
