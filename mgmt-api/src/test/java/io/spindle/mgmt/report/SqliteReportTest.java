package io.spindle.mgmt.report;

import io.spindle.mgmt.database.Database;

class SqliteReportTest extends ReportContract {
    @Override
    Database open() {
        return Database.sqlite(folder.resolve("spindle.db"));
    }
}
