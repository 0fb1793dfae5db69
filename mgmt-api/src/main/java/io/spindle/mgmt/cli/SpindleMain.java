package io.spindle.mgmt.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

import java.util.Comparator;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;

/**
 * Entry point of {@code ./spindle}.
 *
 * <p>Exit codes: 0 done, 1 failed, 2 wrong usage, 3 not running ({@code status}).
 */
@Command(
        name = "spindle",
        description = {
            "A matching appliance: orders over UDP in, trades and market data out.",
            "",
            "First steps:",
            "  @|bold spindle demo|@           starts an appliance, plays a market, shows the result",
            "  @|bold spindle run|@            starts an appliance on ./data, console at 127.0.0.1:8080",
            "  @|bold spindle client|@         types orders into it",
            "  @|bold spindle status|@, @|bold stop|@   looks at it, ends it",
            ""
        },
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "`spindle COMMAND --help` explains a command.",
            "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 not running."
        })
public final class SpindleMain implements Runnable {
    private static final int HELP_WIDTH = 100;

    @CommandLine.Spec private CommandSpec spec;

    public static void main(final String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** The command line with every subcommand on the class path, in order of name. */
    @SuppressWarnings("rawtypes") // a service is named by its class, without type arguments
    public static CommandLine commandLine() {
        final CommandLine line = new CommandLine(new SpindleMain());
        ServiceLoader.load(Callable.class).stream()
                .filter(provider -> provider.type().isAnnotationPresent(Command.class))
                .sorted(Comparator.comparing(provider -> name(provider.type())))
                .forEach(provider -> line.addSubcommand(provider.get()));
        line.getSubcommands().values().forEach(SpindleMain::addHelp);
        addHelp(line);
        line.setUsageHelpWidth(HELP_WIDTH);
        line.setExecutionExceptionHandler(SpindleMain::explain);
        return line;
    }

    private static String name(final Class<?> type) {
        return type.getAnnotation(Command.class).name();
    }

    /** Commands need not declare {@code --help}: every one, at any depth, has it. */
    private static void addHelp(final CommandLine line) {
        if (line.getCommandSpec().findOption("--help") == null) {
            line.getCommandSpec().mixinStandardHelpOptions(true);
            final var version = line.getCommandSpec().findOption("--version");
            if (version != null) {
                line.getCommandSpec().remove(version);
            }
        }
        line.getSubcommands().values().forEach(SpindleMain::addHelp);
    }

    /** One line for what went wrong; the stack only for those who ask for it. */
    private static int explain(
            final Exception failure, final CommandLine line, final CommandLine.ParseResult result) {
        final String message =
                failure.getMessage() == null ? failure.toString() : failure.getMessage();
        line.getErr().println(line.getColorScheme().errorText("spindle: " + message));
        if (Boolean.getBoolean("spindle.debug")) {
            failure.printStackTrace(line.getErr());
        }
        return line.getCommandSpec().exitCodeOnExecutionException();
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "Say what to do; for example: spindle run");
    }
}
