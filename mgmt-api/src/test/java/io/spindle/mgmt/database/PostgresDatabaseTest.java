package io.spindle.mgmt.database;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.spindle.mgmt.testing.PostgresCluster;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** The same on a PostgreSQL server. */
@Tag("campaign")
class PostgresDatabaseTest extends DatabaseContract {
    private static PostgresCluster cluster;
    private String url;

    @BeforeAll
    static void startServer() throws Exception {
        cluster = PostgresCluster.start().orElse(null);
        assumeTrue(cluster != null, "PostgreSQL is not installed");
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
            url = url == null ? cluster.newDatabase() : url;
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
        plan("SELECT set_config('enable_seqscan', 'off', false) AS setting", "setting");
        return plan(
                        "SET enable_seqscan = off; EXPLAIN "
                                + query.replace("created_at = 'x'", "created_at = 1"),
                        "QUERY PLAN")
                .contains("Index");
    }
}
