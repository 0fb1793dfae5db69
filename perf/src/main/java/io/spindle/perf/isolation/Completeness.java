package io.spindle.perf.isolation;

import io.spindle.loop.LoopCounter;
import io.spindle.loop.LoopCounters;
import io.spindle.perf.demo.Appliance;

import org.agrona.concurrent.status.CountersReader;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether mgmt and its database have come to where the loop is, with nothing lost on the way: the
 * replica stands at the log's last command, the database has all of it, and as many orders and
 * trades as the loop has accepted and reported. Traders rest meanwhile.
 */
final class Completeness {
    private static final long POLL_MS = 50;

    /** The loop writes its counters twenty times a second. */
    private static final long COUNTERS_LAG_MS = 200;

    private static final Pattern DATABASE_LAG =
            Pattern.compile("(?m)^spindle_database_lag_commands(?:\\{[^}]*})? ([0-9.E]+)");
    private static final String COUNTS =
            "SELECT (SELECT count(*) FROM orders), (SELECT count(*) FROM trades)";

    private final Appliance appliance;
    private final LongSupplier executions;

    /**
     * @param executions that traders were told of since the appliance began, two for each trade
     */
    Completeness(final Appliance appliance, final LongSupplier executions) {
        this.appliance = appliance;
        this.executions = executions;
    }

    /** What is still missing when the time is over; empty as soon as nothing is. */
    String await(final Duration patience) throws InterruptedException {
        final long endNs = System.nanoTime() + patience.toNanos();
        Thread.sleep(COUNTERS_LAG_MS);
        while (true) {
            final String missing = missing();
            if (missing.isEmpty() || System.nanoTime() - endNs > 0) {
                return missing;
            }
            Thread.sleep(POLL_MS);
        }
    }

    /** Orders that the loop has accepted since it began. */
    long accepted() throws IOException {
        return counters().getCounterValue(LoopCounter.ORDERS_ACCEPTED.ordinal());
    }

    /** The log's last command, as the loop last said. */
    long logged() throws IOException {
        return counters().getCounterValue(LoopCounter.LOG_SEQUENCE.ordinal());
    }

    private CountersReader counters() throws IOException {
        return LoopCounters.read(appliance.folder().counters());
    }

    private String missing() throws InterruptedException {
        try {
            final String lag = lag();
            return lag.isEmpty() ? counts() : lag;
        } catch (final IOException | SQLException failure) {
            return "no answer: " + failure.getMessage();
        }
    }

    /** What is written while it is asked is no lag. */
    private String lag() throws IOException, InterruptedException {
        final long before = logged();
        final long replica = appliance.rest().get("/v1/instruments").path("sequence").asLong();
        final long after = logged();
        if (replica < before || replica > after) {
            return "the replica is at %,d, the log at %,d".formatted(replica, after);
        }
        final Matcher lag = DATABASE_LAG.matcher(appliance.rest().text("/metrics"));
        if (!lag.find()) {
            return "mgmt does not tell the database's lag";
        }
        final double commands = Double.parseDouble(lag.group(1));
        return commands == 0 ? "" : "the database lacks %,.0f commands".formatted(commands);
    }

    private String counts() throws IOException, SQLException {
        final String url = "jdbc:sqlite:" + appliance.folder().database();
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(COUNTS)) {
            row.next();
            return difference(accepted(), row.getLong(1), executions.getAsLong(), row.getLong(2));
        }
    }

    /** Between the loop's counts and the database's; empty if there is none. */
    static String difference(
            final long accepted, final long orders, final long executions, final long trades) {
        if (accepted != orders) {
            return "the database has %,d orders, the loop accepted %,d".formatted(orders, accepted);
        }
        return executions == 2 * trades
                ? ""
                : "the database has %,d trades, the loop reported %,d executions"
                        .formatted(trades, executions);
    }
}
