package io.spindle.mgmt.database;

import io.spindle.mgmt.testing.PostgresCluster;
import io.spindle.mgmt.testing.Tools;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** The same on a PostgreSQL server. */
@Tag("campaign")
class PostgresDatabaseTest extends DatabaseContract {
    /** Tables of a few rows would be read whole; the question is whether an index is there. */
    private static final String WITHOUT_SCANS = "&options=-c%20enable_seqscan=off";

    private static PostgresCluster cluster;
    private String url;

    @BeforeAll
    static void startServer() throws Exception {
        cluster = Tools.require(PostgresCluster.start(), "PostgreSQL is not installed");
    }

    @AfterAll
    static void stopServer() throws Exception {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Override
    Database open() {
        try {
            url = url == null ? cluster.newDatabase() + WITHOUT_SCANS : url;
            return Database.open(url);
        } catch (final Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Override
    AutoCloseable hang() throws Exception {
        return cluster.hang();
    }

    @Override
    long hangMs() {
        return 60_000;
    }

    @Override
    boolean usesIndex(final String query) {
        return plan("EXPLAIN " + query.replace("created_at = 'x'", "created_at = 1"), "QUERY PLAN")
                .contains("Index");
    }
}
