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
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;

/** {@code ./spindle shard export|check|release|import}: moves a symbol to another appliance. */
@Command(
        name = "shard",
        description = {
            "Moves a symbol from one running appliance to another, each with its own log.",
            "Export halts it and writes it into a file, check says whether it can be the same there,",
            "release takes it away here, import makes it there. Release and import may be repeated",
            "until they have succeeded.",
            "Opening it there is the operator's: its trading state is H."
        },
        subcommands = {
            ShardCommand.Export.class,
            ShardCommand.Check.class,
            ShardCommand.Release.class,
            ShardCommand.Import.class
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
        throw new ParameterException(
                spec.commandLine(), "shard what? export, check, release or import");
    }

    @Command(
            name = "export",
            description = {
                "Halts a symbol and writes its definition, orders and holdings into a file.",
                "Exit code 1 when something in it cannot be taken elsewhere; it stays halted then."
            })
    static final class Export implements Callable<Integer> {
        @ParentCommand private ShardCommand shard;

        @Parameters(paramLabel = "SYMBOL", description = "The symbol.")
        private String symbol;

        @Parameters(paramLabel = "FILE", description = "The file to be written; a new one.")
        private Path file;

        @Override
        public Integer call() throws IOException {
            if (Files.exists(file)) {
                throw new FileAlreadyExistsException(
                        file.toString(), null, "a symbol may be in it only: take another name");
            }
            final String move = UUID.randomUUID().toString();
            try (ShardSide side = ShardSide.live(shard.folder(), move)) {
                SymbolMove.drain(side, symbol);
                final SymbolImage image = SymbolImage.of(side.engine(), symbol);
                final List<String> obstacles = image.obstacles();
                obstacles.forEach(shard.out()::println);
                if (!obstacles.isEmpty()) {
                    return 1;
                }
                final SymbolFile content = new SymbolFile(image.lines(), move, SymbolFile.EXPORTED);
                content.create(file);
                shard.say("exported", content);
            }
            return 0;
        }
    }

    @Command(
            name = "check",
            description = {
                "Makes the symbol of a file in a copy of the appliance to which it shall go.",
                "Exit code 1 when it would not be the same; what differs is printed, an order that",
                "would be refused too."
            })
    static final class Check implements Callable<Integer> {
        @ParentCommand private ShardCommand shard;

        @Parameters(paramLabel = "FILE", description = "What export wrote.")
        private Path file;

        @Override
        public Integer call() throws IOException {
            return shard.check(SymbolFile.read(file));
        }
    }

    @Command(
            name = "release",
            description = {
                "Closes the symbol here, cancels its orders and books its holdings out, if it is "
                        + "still what the file says.",
                "From then on it is in the file only. Check first."
            })
    static final class Release implements Callable<Integer> {
        @ParentCommand private ShardCommand shard;

        @Parameters(paramLabel = "FILE", description = "What export wrote.")
        private Path file;

        @Override
        public Integer call() throws IOException {
            final SymbolFile content = SymbolFile.read(file);
            try (ShardSide side = ShardSide.live(shard.folder(), "release " + content.move())) {
                new SymbolMove(side, content).release();
                if (content.step().equals(SymbolFile.EXPORTED)) {
                    content.advance(file, SymbolFile.RELEASED);
                }
                shard.say("released", content);
            }
            return 0;
        }
    }

    @Command(
            name = "import",
            description = {
                "Makes the symbol of a released file, its orders with their places in the queues and "
                        + "its holdings here.",
                "Exit code 1 when it is not the same afterwards, or would not be: then nothing was",
                "done. What differs is printed."
            })
    static final class Import implements Callable<Integer> {
        @ParentCommand private ShardCommand shard;

        @Parameters(paramLabel = "FILE", description = "What release left.")
        private Path file;

        @Override
        public Integer call() throws IOException {
            final SymbolFile content = SymbolFile.read(file);
            final String here = shard.folder().logId().toString();
            if (content.step().equals(SymbolFile.EXPORTED)) {
                throw new IllegalArgumentException(
                        content.symbol() + " is still where it came from: release it first");
            }
            if (!content.step().equals(SymbolFile.RELEASED) && !content.step().equals(here)) {
                throw new IllegalArgumentException(
                        content.symbol() + " was brought to another appliance with this file");
            }
            if (shard.check(content) != 0) {
                return 1;
            }
            content.advance(file, here);
            try (ShardSide side = ShardSide.live(shard.folder(), content.arrival())) {
                final int code = shard.print(new SymbolMove(side, content).load());
                if (code == 0) {
                    shard.say("imported", content);
                }
                return code;
            }
        }
    }

    private int check(final SymbolFile content) throws IOException {
        try (ShardSide side = ShardSide.copy(folder(), content.arrival())) {
            return print(new SymbolMove(side, content).load());
        }
    }

    private int print(final List<String> differing) {
        differing.forEach(out()::println);
        return differing.isEmpty() ? 0 : 1;
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
