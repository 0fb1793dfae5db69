package io.spindle.mgmt.report;

import io.spindle.mgmt.database.Database;
import io.spindle.mgmt.testing.PostgresCluster;
import io.spindle.mgmt.testing.Tools;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** The same bytes from PostgreSQL. */
@Tag("campaign")
class PostgresReportTest extends ReportContract {
    private static PostgresCluster cluster;

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
    Database open() throws Exception {
        return Database.open(cluster.newDatabase());
    }
}
