package io.spindle.log;

import io.spindle.oms.EngineConfig;

import java.io.IOException;
import java.nio.file.Files;

/**
 * An appliance for a test: room for a few hours of the sample market, in a fiftieth of the standard
 * tables' memory, so that making an engine takes milliseconds.
 */
public final class SmallTables {
    public static final EngineConfig CONFIG =
            new EngineConfig(32_768, 64, 256, 256, 2_048, 1_024, 1_024, 1 << 20);

    private static final String LINES =
            """
            maxOrders      32768
            maxInstruments 64
            maxSessions    256
            maxAccounts    256
            maxHoldings    2048
            maxCash        1024
            maxRequests    1024
            maxBatchLength 1048576
            """;

    private SmallTables() {}

    /** The folder, whose processes make small tables from now on. */
    public static DataFolder in(final DataFolder folder) throws IOException {
        Files.createDirectories(folder.path());
        Files.writeString(folder.path().resolve("capacities"), LINES);
        return folder;
    }
}
