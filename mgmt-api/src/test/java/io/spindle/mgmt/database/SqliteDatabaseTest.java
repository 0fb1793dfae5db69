package io.spindle.mgmt.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;

/** SQLite in the data folder, as an appliance has it unless told otherwise. */
class SqliteDatabaseTest extends DatabaseContract {
    @Override
    Database open() {
        return Database.sqlite(folder.resolve("spindle.db"));
    }

    @Override
    AutoCloseable hang() throws Exception {
        final Connection other =
                DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("spindle.db"));
        try (Statement statement = other.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 10000");
            statement.execute("BEGIN EXCLUSIVE");
        }
        return other;
    }

    @Override
    long hangMs() {
        return 1_000;
    }

    @Override
    boolean usesIndex(final String query) {
        return plan("EXPLAIN QUERY PLAN " + query, "detail").contains("USING INDEX");
    }
}
