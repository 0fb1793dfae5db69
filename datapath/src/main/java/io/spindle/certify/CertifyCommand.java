package io.spindle.certify;

import io.spindle.net.Ports;

import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/** {@code ./spindle certify}. */
@Command(
        name = "certify",
        description = {
            "Certifies a server, or a firm's client, over the wire, and prints a report.",
            "",
            "  spindle certify --session TEST90               the server must pass every check",
            "  spindle certify --session TEST00 --client      watches what TEST00's client does",
            "",
            "Exit code 0 when every check passed."
        })
public final class CertifyCommand implements Callable<Integer> {
    private static final int DECIMALS = 4;

    @Option(
            names = "--session",
            paramLabel = "NAME",
            required = true,
            description = "Session to certify with; nobody else may use it meanwhile.")
    private String name;

    @Option(
            names = "--password",
            paramLabel = "TEXT",
            defaultValue = "spindle",
            description = "Its password (default: the sample market's).")
    private String password;

    @Option(
            names = "--host",
            paramLabel = "HOST",
            defaultValue = "127.0.0.1",
            description = "Where the appliance is (default: ${DEFAULT-VALUE}).")
    private String host;

    @Option(
            names = "--port-base",
            paramLabel = "N",
            defaultValue = "" + Ports.DEFAULT_BASE,
            description = "Its first UDP port, order entry (default: ${DEFAULT-VALUE}).")
    private int portBase;

    @Option(
            names = "--symbol",
            paramLabel = "SYMBOL",
            defaultValue = "SPDL",
            description = "Instrument to trade (default: ${DEFAULT-VALUE}).")
    private String symbol;

    @Option(
            names = "--price",
            paramLabel = "PRICE",
            defaultValue = "10.00",
            description =
                    "Where the session may trade with itself: between the best bid and offer"
                            + " (default: ${DEFAULT-VALUE}).")
    private BigDecimal price;

    @Option(
            names = "--client",
            description = "Certify the client that trades as the session, by its drop copy.")
    private boolean client;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "60",
            description = "How long the client may take (default: ${DEFAULT-VALUE}).")
    private long seconds;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        final PrintWriter out = spec.commandLine().getOut();
        final Consumer<Check> report =
                check -> {
                    out.println(check.row());
                    out.flush();
                };
        final Ports ports = new Ports(portBase);
        final List<Check> checks =
                client
                        ? new ClientScript(at(ports.dropCopy()), name, password, report)
                                .run(seconds)
                        : new ServerScript(
                                        at(ports.orderEntry()),
                                        name,
                                        password,
                                        symbol,
                                        wirePrice(),
                                        report)
                                .run();
        final long met = checks.stream().filter(Check::isMet).count();
        final boolean passed = met == checks.size();
        out.printf(
                "%s: %s of %s, %d of %d checks%n",
                passed ? "CERTIFIED" : "NOT CERTIFIED",
                client ? "client" : "server",
                name,
                met,
                checks.size());
        out.flush();
        return passed ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private InetSocketAddress at(final int port) {
        return new InetSocketAddress(host, port);
    }

    private long wirePrice() {
        try {
            return price.movePointRight(DECIMALS).longValueExact();
        } catch (final ArithmeticException e) {
            throw new ParameterException(
                    spec.commandLine(), "--price has at most four places: " + price);
        }
    }
}
