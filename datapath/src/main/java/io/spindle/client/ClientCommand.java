package io.spindle.client;

import io.spindle.codec.ouch.MessageType;
import io.spindle.codec.ouch.wire.CancelEncoder;

import org.agrona.concurrent.UnsafeBuffer;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.concurrent.Callable;

/** {@code ./spindle client}. */
@Command(
        name = "client",
        description = {
            "Trades by hand with a running appliance, over UDP as a firm would.",
            "",
            "  spindle client place buy 100 SPDL 10.00",
            "  spindle client cancel 1",
            "  spindle client watch",
            "  spindle client book SPDL"
        },
        subcommands = {
            ClientCommand.Place.class,
            ClientCommand.CancelOne.class,
            ClientCommand.Watch.class,
            BookCommand.class
        })
public final class ClientCommand implements Callable<Integer> {
    private static final long SETTLE_NS = 300_000_000L;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return CommandLine.ExitCode.USAGE;
    }

    /** {@code client place}. */
    @Command(name = "place", description = "Enters one order and shows what becomes of it.")
    static final class Place implements Callable<Integer> {
        private static final int DECIMALS = 4;

        @Parameters(index = "0", paramLabel = "SIDE", description = "buy, sell or short.")
        private String side;

        @Parameters(index = "1", paramLabel = "QUANTITY")
        private long quantity;

        @Parameters(index = "2", paramLabel = "SYMBOL")
        private String symbol;

        @Parameters(
                index = "3",
                paramLabel = "PRICE",
                description = "Limit such as 10.00, or market.")
        private String price;

        @Option(
                names = "--tif",
                paramLabel = "WHEN",
                defaultValue = "day",
                description = "How long it lives: day (default), ioc or gtc.")
        private String timeInForce;

        @Mixin private Conversation conversation;
        @Spec private CommandSpec spec;

        @Override
        public Integer call() throws Exception {
            final char wireSide = side();
            final long wirePrice = price();
            final char life = timeInForce();
            conversation.open(false, spec.commandLine().getOut()::println);
            conversation.learnNumber();
            final ClientOrder order =
                    conversation
                            .desk()
                            .enter(
                                    wireSide,
                                    symbol,
                                    quantity,
                                    wirePrice,
                                    life,
                                    "",
                                    System.nanoTime());
            conversation.await(() -> order.status() != ClientOrder.Status.SENT, "no answer");
            conversation.serve(() -> order.status().isFinal(), SETTLE_NS);
            spec.commandLine().getOut().println(outcome(order));
            spec.commandLine().getOut().flush();
            conversation.close();
            return order.status() == ClientOrder.Status.REJECTED
                    ? CommandLine.ExitCode.SOFTWARE
                    : CommandLine.ExitCode.OK;
        }

        private static String outcome(final ClientOrder order) {
            return switch (order.status()) {
                case FILLED -> "filled.";
                case CANCELED -> "canceled; %,d were executed.".formatted(order.executed());
                case REJECTED -> "not taken.";
                default ->
                        "in the book: %,d left. To cancel: spindle client cancel %d"
                                .formatted(order.leaves(), order.userRefNum());
            };
        }

        private char side() {
            return switch (side.toLowerCase(Locale.ROOT)) {
                case "buy", "b" -> 'B';
                case "sell", "s" -> 'S';
                case "short", "t" -> 'T';
                default -> throw usage("SIDE is buy, sell or short, not " + side);
            };
        }

        private char timeInForce() {
            return switch (timeInForce.toLowerCase(Locale.ROOT)) {
                case "day" -> '0';
                case "gtc" -> '1';
                case "ioc" -> '3';
                default -> throw usage("--tif is day, ioc or gtc, not " + timeInForce);
            };
        }

        private long price() {
            if (price.equalsIgnoreCase("market")) {
                return Long.MAX_VALUE;
            }
            try {
                return new BigDecimal(price).movePointRight(DECIMALS).longValueExact();
            } catch (final ArithmeticException | NumberFormatException e) {
                throw usage("PRICE is a decimal with at most four places, or market, not " + price);
            }
        }

        private CommandLine.ParameterException usage(final String message) {
            return new CommandLine.ParameterException(spec.commandLine(), message);
        }
    }

    /** {@code client cancel}. */
    @Command(name = "cancel", description = "Cancels an open order of the session.")
    static final class CancelOne implements Callable<Integer> {
        @Parameters(
                index = "0",
                paramLabel = "NUMBER",
                description = "The order's number, as place showed it.")
        private long number;

        @Option(
                names = "--to",
                paramLabel = "QUANTITY",
                defaultValue = "0",
                description = "New total instead of all; keeps the place in the queue.")
        private long total;

        @Mixin private Conversation conversation;
        @Spec private CommandSpec spec;
        private boolean answered;

        @Override
        public Integer call() throws Exception {
            conversation.open(
                    false,
                    line -> {
                        answered |= !line.startsWith("logged in");
                        spec.commandLine().getOut().println(line);
                    });
            final UnsafeBuffer message = new UnsafeBuffer(new byte[CancelEncoder.BLOCK_LENGTH]);
            new CancelEncoder()
                    .wrap(message, 0)
                    .messageType(MessageType.CANCEL)
                    .userRefNum(number)
                    .quantity(total);
            conversation.send(message, CancelEncoder.BLOCK_LENGTH);
            conversation.await(() -> answered, "no answer");
            spec.commandLine().getOut().flush();
            conversation.close();
            return CommandLine.ExitCode.OK;
        }
    }

    /** {@code client watch}. */
    @Command(
            name = "watch",
            description = "Shows the session's reports, from the first of the day, until Ctrl-C.")
    static final class Watch implements Callable<Integer> {
        @Option(
                names = "--seconds",
                paramLabel = "N",
                description = "Stop after this long (default: never).")
        private Long seconds;

        @Mixin private Conversation conversation;
        @Spec private CommandSpec spec;

        @Override
        public Integer call() throws Exception {
            conversation.open(
                    true,
                    line -> {
                        spec.commandLine().getOut().println(line);
                        spec.commandLine().getOut().flush();
                    });
            final long durationNs = seconds == null ? Long.MAX_VALUE : seconds * 1_000_000_000L;
            conversation.serve(() -> false, durationNs);
            conversation.close();
            return CommandLine.ExitCode.OK;
        }
    }
}
