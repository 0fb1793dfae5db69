package io.spindle.mgmt.database;

import io.spindle.mgmt.background.BackgroundLoop;
import io.spindle.mgmt.database.FactQueue.Step;
import io.spindle.mgmt.model.Fact;
import io.spindle.mgmt.view.Book;
import io.spindle.mgmt.view.TimeTravel;
import io.spindle.mgmt.view.View;

import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * Writes facts to the database behind the replica's back, which never waits for it. The table
 * "position" moves in the same transaction as the rows, so a restart goes on where the rows end;
 * rows of a batch that was committed unseen are written again and change nothing. Beside it stands
 * the replica's digest of events, which shows a log that lost its end after the database had it.
 *
 * <p>While the database is slow, dead or not there yet facts wait in memory. Of what did not fit in
 * there everything is let go, and comes out of the log again once the database takes more.
 */
public final class DatabaseWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseWriter.class);
    private static final int MAX_WAITING = 500_000;
    private static final int BATCH = 5_000;

    /** Frames that a turn goes through at most. */
    private static final int STEPS = 1_000;

    private static final long PAUSE_MS = 50;
    private static final long RETRY_MS = 1_000;
    private static final long BOOKS_EVERY_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long TELL_EVERY_NS = TimeUnit.SECONDS.toNanos(10);
    private static final int BOOK_LEVELS = 100;
    private static final String LOST_END =
            "written ahead of a log that lost its end: start with an empty database";

    private final Supplier<Database> databases;
    private final UUID logId;
    private final long logEnd;
    private final View view;
    private final LongConsumer holds;
    private final long begins;
    private final FactSource source;
    private final BackgroundLoop loop;

    /** Facts that are being written, and behind which command they end. */
    private final List<Fact> batch = new ArrayList<>(BATCH);

    private Position end;
    private Position stored;
    private boolean compared;
    private volatile Database database;
    private volatile String gap = "";
    private volatile long written;
    private long booksDueNs = System.nanoTime();
    private long booksAt;
    private long told;
    private long toldNs;

    /**
     * @param databases opens the database; asked again for as long as it fails
     * @param logId the log's own number; nothing is written to a database that follows another log
     * @param logEnd the log ends with this sequence, or goes on behind it
     * @param view standing where the log begins
     * @param past reads the log once more, for what did not fit in memory
     * @param holds is told now and then up to which sequence the database holds everything: 0 until
     *     it has opened, since it may be another one than the last process had
     */
    public DatabaseWriter(
            final Supplier<Database> databases,
            final UUID logId,
            final long logEnd,
            final View view,
            final TimeTravel past,
            final LongConsumer holds) {
        this(databases, logId, logEnd, view, past, holds, MAX_WAITING);
    }

    /** The same with another bound of what waits in memory. */
    DatabaseWriter(
            final Supplier<Database> databases,
            final UUID logId,
            final long logEnd,
            final View view,
            final TimeTravel past,
            final LongConsumer holds,
            final int maxWaiting) {
        this.databases = databases;
        this.logId = logId;
        this.logEnd = logEnd;
        this.view = view;
        this.holds = holds;
        this.source = new FactSource(view, past, maxWaiting);
        this.begins = source.applied();
        view.addListener(source);
        holds.accept(0);
        this.loop =
                new BackgroundLoop(
                        Thread.ofPlatform().name("spindle-database"),
                        "the database takes nothing",
                        this::writeNext);
        loop.start(0, RETRY_MS);
    }

    /** Opens the database, and goes on where its rows end. */
    private void open() {
        final Database opened = databases.get();
        try {
            final String followed =
                    opened.jdbi().inTransaction(handle -> Position.log(handle, logId));
            if (followed.equals(logId.toString())) {
                begin(opened);
            } else {
                stopFor(
                        "the database follows log %s, this folder's is %s: use another database, or"
                                        .formatted(followed, logId)
                                + " another data folder");
            }
        } finally {
            if (database == null) {
                opened.close();
            }
        }
    }

    /** An empty database begins where the log does; any other must not miss what was purged. */
    private void begin(final Database opened) {
        stored = opened.jdbi().withHandle(Position::read);
        compared = stored.digest() == null;
        end = stored.sequence() == 0 ? new Position(begins, null) : stored;
        written = end.sequence();
        source.goOnBehind(written);
        if (written < begins) {
            stopForPurged(begins);
        }
        if (stored.sequence() > logEnd) {
            stopForLostEnd();
        } else {
            tell();
        }
        database = opened;
    }

    private void stopForPurged(final long begin) {
        stopFor(
                "it ends with sequence "
                        + written
                        + " and the log begins behind "
                        + begin
                        + ": what lies between is in neither. Bring the purged files or a later"
                        + " backup of the database back before anything else is written to it");
    }

    /** Nobody knows what it holds of this log: nothing may be purged because it does. */
    private void stopForLostEnd() {
        stopFor(LOST_END);
        holds.accept(0);
    }

    /** Nothing more is written: rows that cannot be told from wrong ones help nobody. */
    private void stopFor(final String reason) {
        if (gap.isEmpty()) {
            gap = reason;
            source.stop();
            LOG.error("database: {}", reason);
        }
    }

    /**
     * A replica stood here. Positions are stored where one stood once, and it stands there again
     * unless the log's end became another.
     */
    private void compare(final Position place) {
        if (!compared && place.sequence() >= stored.sequence()) {
            compared = true;
            if (place.sequence() > stored.sequence() || !stored.digest().equals(place.digest())) {
                stopForLostEnd();
            }
        }
    }

    private void tell() {
        toldNs = System.nanoTime();
        told = written;
        holds.accept(gap.equals(LOST_END) ? 0 : written);
    }

    /** The database, once it is open and known to follow this log. */
    public Optional<Jdbi> jdbi() {
        return Optional.ofNullable(database).map(Database::jdbi);
    }

    /** Everything up to this sequence is in the database. */
    public long written() {
        return written;
    }

    /** Commands that the replica has applied and the database does not know. */
    public long lag() {
        return Math.max(0, source.applied() - written);
    }

    /** Why nothing is written at the moment; empty while all is well. */
    public String trouble() {
        return loop.trouble();
    }

    /** Why it and the log can never agree, so that nothing is written; empty if they do. */
    public String gap() {
        return gap;
    }

    /** Writes a batch, if there is one; returns for how long to rest then. */
    private long writeNext() {
        if (database == null && gap.isEmpty()) {
            open();
        }
        if (!gap.isEmpty()) {
            return PAUSE_MS;
        }
        final boolean isMoving = end.sequence() > written || collect() > 0;
        if (end.sequence() > written && gap.isEmpty()) {
            write();
        }
        if (written != told && System.nanoTime() - toldNs > TELL_EVERY_NS) {
            tell();
        }
        return isMoving ? 0 : PAUSE_MS;
    }

    /** Takes the next steps; returns how many. */
    private int collect() {
        int steps = 0;
        while (steps < STEPS && batch.size() < BATCH && gap.isEmpty() && source.next(this::take)) {
            steps++;
        }
        return steps;
    }

    /** What is there already is not taken twice. */
    private void take(final Step step) {
        if (step.begin() > end.sequence()) {
            stopForPurged(step.begin());
        }
        compare(step.end());
        if (step.end().sequence() > end.sequence() && gap.isEmpty()) {
            batch.addAll(
                    step.facts().stream()
                            .filter(fact -> fact.sequence() > end.sequence())
                            .toList());
            end = step.end();
        }
    }

    /** Writes the batch in hand; it stays in hand if that fails. */
    private void write() {
        final List<Book> books = dueBooks();
        database.jdbi()
                .useTransaction(
                        handle -> {
                            FactStore.write(handle, batch);
                            if (!books.isEmpty()) {
                                FactStore.writeBooks(handle, books);
                            }
                            end.write(handle);
                        });
        batch.clear();
        written = end.sequence();
    }

    /** The books, once a second if anything happened. */
    private List<Book> dueBooks() {
        final long nowNs = System.nanoTime();
        final long applied = source.applied();
        if (nowNs - booksDueNs < 0 || applied == booksAt) {
            return List.of();
        }
        booksDueNs = nowNs + BOOKS_EVERY_NS;
        booksAt = applied;
        return view.read(
                now ->
                        now.instruments().stream()
                                .map(instrument -> now.book(instrument, BOOK_LEVELS))
                                .toList());
    }

    /** Ends after the batch in hand; what was not written is written by the next one. */
    @Override
    public void close() {
        loop.close();
        source.close();
        if (database != null) {
            tell();
            database.close();
        }
    }
}
