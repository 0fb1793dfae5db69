package io.spindle.shard;

import io.spindle.log.DataFolder;
import io.spindle.oms.SymbolImage;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;

/** {@code ./spindle shard export|import|release}: moves a symbol to another appliance. */
@Command(
        name = "shard",
        description = {
            "Moves a symbol from one running appliance to another, each with its own log: export halts it",
            "and writes it into a file, import makes it the same there, release takes it away here. Any",
            "step may be repeated. Opening it there is the operator's: its trading state is H."
        },
        subcommands = {
            ShardCommand.Export.class,
            ShardCommand.Import.class,
            ShardCommand.Release.class
        })
public final class ShardCommand implements Callable<Integer> {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "data",
            scope = ScopeType.INHERIT,
            description = "Data folder of the appliance (default: ./data).")
    private Path data;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "shard what? export, import or release");
    }

    @Command(
            name = "export",
            description = {
                "Halts a symbol and writes its definition, orders and holdings into a file. Exit code 1",
                "when something in it cannot be taken elsewhere; it stays halted then."
            })
    static final class Export implements Callable<Integer> {
        @ParentCommand private ShardCommand shard;

        @Parameters(paramLabel = "SYMBOL", description = "The symbol.")
        private String symbol;

        @Parameters(paramLabel = "FILE", description = "The file to be written.")
        private Path file;

        @Override
        public Integer call() throws IOException {
            final String move = UUID.randomUUID().toString();
            try (ShardSide side = new ShardSide(shard.folder(), move)) {
                SymbolMove.drain(side, symbol);
                final SymbolImage image = SymbolImage.of(side.engine(), symbol);
                final List<String> obstacles = image.obstacles();
                obstacles.forEach(shard.out()::println);
                if (!obstacles.isEmpty()) {
                    return 1;
                }
                final SymbolFile content = new SymbolFile(image.lines(), move, image.reserved());
                content.write(file);
                shard.say("exported", content);
            }
            return 0;
        }
    }

    @Command(
            name = "import",
            description = {
                "Makes the symbol of a file, its orders with their places in the queues and its holdings",
                "here. Exit code 1 when it is not the same afterwards; what differs is printed."
            })
    static final class Import implements Callable<Integer> {
        @ParentCommand private ShardCommand shard;

        @Parameters(paramLabel = "FILE", description = "What export wrote.")
        private Path file;

        @Override
        public Integer call() throws IOException {
            final SymbolFile content = SymbolFile.read(file);
            try (ShardSide side = new ShardSide(shard.folder(), "import " + content.move())) {
                final List<String> differing = new SymbolMove(side, content).load();
                differing.forEach(shard.out()::println);
                if (!differing.isEmpty()) {
                    return 1;
                }
                shard.say("imported", content);
            }
            return 0;
        }
    }

    @Command(
            name = "release",
            description = {
                "Closes the symbol here, cancels its orders and books its holdings, and the money that its",
                "buys held, out. Only after import has succeeded."
            })
    static final class Release implements Callable<Integer> {
        @ParentCommand private ShardCommand shard;

        @Parameters(paramLabel = "FILE", description = "What export wrote.")
        private Path file;

        @Override
        public Integer call() throws IOException {
            final SymbolFile content = SymbolFile.read(file);
            try (ShardSide side = new ShardSide(shard.folder(), "release " + content.move())) {
                new SymbolMove(side, content).release();
                shard.say("released", content);
            }
            return 0;
        }
    }

    private void say(final String what, final SymbolFile content) {
        out().printf(
                        "%s %s: %,d orders, %,d holdings, state %s%n",
                        what,
                        content.symbol(),
                        content.of("order").size(),
                        content.of("holding").size(),
                        content.hash());
    }

    private DataFolder folder() {
        return new DataFolder(data);
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
