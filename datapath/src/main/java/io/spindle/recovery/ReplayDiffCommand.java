package io.spindle.recovery;

import io.spindle.log.DataFolder;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/** {@code ./spindle replay diff}: the log again, with something changed. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description = {
            "Runs the log of a data folder again with a changed limit, fee or self-trade "
                    + "prevention, and lists the first command that went otherwise and every order that ended "
                    + "otherwise.",
            "Reads only; may run beside a live appliance. Exit code 1 if anything differs."
        })
public final class ReplayDiffCommand implements Callable<Integer> {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "data",
            description = "Data folder (default: ./data).")
    private Path data;

    @Option(
            names = "--at",
            paramLabel = "SEQ",
            defaultValue = "0",
            description =
                    "The change takes effect behind this sequence (default: the first day's"
                            + " start).")
    private long at;

    @Option(
            names = "--order-quantity",
            paramLabel = "LOTS",
            description = "Largest quantity of one order, for --firm or everybody.")
    private Long orderQuantity;

    @Option(names = "--firm", paramLabel = "FIRM", defaultValue = "", description = "Whose limit.")
    private String firm;

    @Option(
            names = "--fees",
            split = ",",
            arity = "1",
            paramLabel = "SCHEDULE,MAKER,TAKER",
            description = "Rates of a schedule in millionths of the value.")
    private int[] fees;

    @Option(
            names = "--stp",
            paramLabel = "N|O|B|D",
            description = "Self-trade prevention of every new order.")
    private Character selfTradePrevention;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        final WhatIf change = new WhatIf();
        if (orderQuantity != null) {
            change.orderQuantity(firm, orderQuantity);
        }
        if (fees != null) {
            change.fees(fees[0], fees[1], fees[2]);
        }
        if (selfTradePrevention != null) {
            change.selfTradePrevention(selfTradePrevention);
        }
        final DataFolder folder = new DataFolder(data);
        final ReplayDiff diff = ReplayDiff.of(folder, folder.engineConfig(), change, at);
        final PrintWriter out = spec.commandLine().getOut();
        diff.changes().forEach(out::println);
        out.printf("%,d commands, %,d orders, ", diff.commands(), diff.orders());
        out.println(
                diff.firstDivergence()
                        .map(
                                first ->
                                        "%,d ended otherwise; first divergence at sequence %,d"
                                                .formatted(diff.changes().size(), first))
                        .orElse("nothing differs"));
        return diff.firstDivergence().isPresent() ? 1 : 0;
    }
}
