package io.spindle.oms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The page says what each entry of each table costs: a process of its own is seen to grow by that,
 * for what other tests left behind is freed whenever the collector likes.
 */
class CapacityPageTest {
    private static final Path PAGE = Path.of("..", "docs", "oms", "README.md");
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s*(\\d+) kB");
    private static final int KILO = 1024;

    /** What is resident of heap and code moves by a little meanwhile. */
    private static final double TOLERANCE = 0.15;

    /** Each table by itself, from few entries to many. */
    enum Table {
        ORDERS("maxOrders", 1_024, 201_024),
        INSTRUMENTS("maxInstruments", 64, 10_064),
        SESSIONS("maxSessions", 64, 40_064),
        ACCOUNTS("maxAccounts", 64, 200_064),
        HOLDINGS("maxHoldings", 64, 100_064),
        CASH("maxCash", 64, 200_064),
        REQUESTS("maxRequests", 1_024, 1 << 20),
        BATCH("maxBatchLength", 65_536, 1 << 26);

        private final String capacity;
        private final int few;
        private final int many;

        Table(final String capacity, final int few, final int many) {
            this.capacity = capacity;
            this.few = few;
            this.many = many;
        }

        private int size(final Table grown, final boolean isMany) {
            return this == grown && isMany ? many : few;
        }
    }

    private static TradingEngine engine(final Table grown, final boolean isMany) {
        final NoEvents nothing = new NoEvents();
        final TradingEngine engine =
                new TradingEngine(
                        new EngineConfig(
                                Table.ORDERS.size(grown, isMany),
                                Table.INSTRUMENTS.size(grown, isMany),
                                Table.SESSIONS.size(grown, isMany),
                                Table.ACCOUNTS.size(grown, isMany),
                                Table.HOLDINGS.size(grown, isMany),
                                Table.CASH.size(grown, isMany),
                                Table.REQUESTS.size(grown, isMany),
                                Table.BATCH.size(grown, isMany)),
                        nothing,
                        nothing,
                        nothing);
        engine.makeResident();
        return engine;
    }

    private static long resident() throws IOException {
        final Matcher found = RESIDENT.matcher(Files.readString(STATUS));
        assertTrue(found.find());
        return Long.parseLong(found.group(1)) * KILO;
    }

    private static double bytesOnThePage(final String capacity) throws IOException {
        final Matcher row =
                Pattern.compile("\\| `" + capacity + "` \\| [\\d,]+ \\| ([\\d,]+) \\|")
                        .matcher(Files.readString(PAGE));
        assertTrue(row.find(), capacity + " is not on the page");
        return Double.parseDouble(row.group(1).replace(",", ""));
    }

    /** Three engines in a process that made nothing before; prints the bytes of one entry. */
    public static void main(final String[] args) throws IOException {
        final Table table = Table.valueOf(args[0]);
        final TradingEngine first = engine(table, false); // what only the first one takes
        final long before = resident();
        final TradingEngine small = engine(table, false);
        final long between = resident();
        final TradingEngine large = engine(table, true);
        final long grown = resident() - between - (between - before);
        assertEquals(first.stateHash(), small.stateHash(), "and they are kept until here");
        assertEquals(0, large.sequence());
        System.out.println((double) grown / (table.many - table.few));
    }

    @ParameterizedTest
    @EnumSource
    void shouldCostWhatThePageSays(final Table table) throws IOException {
        final List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElseThrow());
        command.addAll(List.of(System.getProperty("spindle.jvm.flags").split(" ")));
        command.addAll(List.of("-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(CapacityPageTest.class.getName(), table.name()));
        final Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        final String printed;
        try (BufferedReader output = process.inputReader()) {
            printed = output.readLine();
        }
        assertNotNull(printed, "the process said nothing");
        final double said = bytesOnThePage(table.capacity);
        assertEquals(said, Double.parseDouble(printed), said * TOLERANCE, table.capacity);
    }
}
