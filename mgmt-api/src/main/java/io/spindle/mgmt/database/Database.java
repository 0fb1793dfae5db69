package io.spindle.mgmt.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;

import java.nio.file.Path;
import java.util.Map;

/** A database whose tables are up to date with this build. */
public final class Database implements AutoCloseable {
    private static final int READERS = 4;
    private static final String SQLITE = "jdbc:sqlite:";

    private final HikariDataSource source;
    private final Jdbi jdbi;

    private Database(final HikariDataSource source) {
        this.source = source;
        this.jdbi = Jdbi.create(source);
    }

    /** SQLite in this file. */
    public static Database sqlite(final Path file) {
        return open(SQLITE + file.toAbsolutePath());
    }

    /**
     * Waits half a minute for a database that does not answer.
     *
     * @param url {@code jdbc:sqlite:…} or {@code jdbc:postgresql:…}, with user and password in it
     * @throws RuntimeException if it is not there, or its tables cannot be brought up to date
     */
    public static Database open(final String url) {
        final HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(READERS + 1);
        config.setMinimumIdle(1);
        config.setPoolName("spindle");
        config.setInitializationFailTimeout(-1); // the migration is who notices, and tells it once
        final boolean sqlite = url.startsWith(SQLITE);
        if (sqlite) {
            config.setConnectionInitSql("PRAGMA foreign_keys = ON");
            config.addDataSourceProperty("journal_mode", "WAL");
            config.addDataSourceProperty("synchronous", "NORMAL");
            config.addDataSourceProperty("busy_timeout", "10000");
        }
        final HikariDataSource source = new HikariDataSource(config);
        try {
            Flyway.configure()
                    .dataSource(source)
                    .locations("classpath:migrations")
                    .placeholders(Map.of("decimal", sqlite ? "DECIMALTEXT" : "NUMERIC"))
                    .loggers("slf4j")
                    .load()
                    .migrate();
        } catch (final RuntimeException failure) {
            source.close();
            throw failure;
        }
        return new Database(source);
    }

    public Jdbi jdbi() {
        return jdbi;
    }

    @Override
    public void close() {
        source.close();
    }
}
