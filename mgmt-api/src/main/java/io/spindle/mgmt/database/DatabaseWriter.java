package io.spindle.mgmt.database;

import io.spindle.mgmt.background.BackgroundLoop;
import io.spindle.mgmt.model.Fact;
import io.spindle.mgmt.view.Book;
import io.spindle.mgmt.view.FactListener;
import io.spindle.mgmt.view.View;
import io.spindle.oms.TradingEngine;

import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/**
 * Writes facts to the database behind the replica's back. The table "position" moves in the same
 * transaction as the rows, so a restart goes on where the rows end; rows of a batch that was
 * committed unseen are written again and change nothing. Beside it stands the replica's digest of
 * events, which shows a log that lost its end after the database had it.
 *
 * <p>While the database is slow or dead facts wait in memory; {@link #isFull} asks the replica to
 * wait too, long before memory runs out.
 */
public final class DatabaseWriter implements FactListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseWriter.class);
    private static final int MAX_WAITING = 500_000;
    private static final int BATCH = 5_000;
    private static final long PAUSE_MS = 50;
    private static final long RETRY_MS = 1_000;
    private static final long BOOKS_EVERY_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long TELL_EVERY_NS = TimeUnit.SECONDS.toNanos(10);
    private static final int BOOK_LEVELS = 100;
    private static final String UPDATE_POSITION =
            "UPDATE position SET sequence = ?, event_digest = ?, engine_version = ?";
    private static final String LOST_END =
            "written ahead of a log that lost its end: start with an empty database";

    /**
     * Behind a command of which all facts are there.
     *
     * @param digest of all events up to there, null if it is not known, or was another engine's
     */
    private record End(long sequence, Long digest) {}

    private final Database database;
    private final View view;
    private final LinkedBlockingQueue<Fact> waiting = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<End> ends = new LinkedBlockingQueue<>();
    private final LongConsumer holds;
    private final End stored;
    private final BackgroundLoop loop;

    /** Facts that are being written, and behind which command they end. */
    private final List<Fact> batch = new ArrayList<>(BATCH);

    private End end;
    private boolean compared;
    private volatile String gap = "";
    private volatile long written;
    private volatile long applied;
    private long booksDueNs = System.nanoTime();
    private long booksAt;
    private long told;
    private long toldNs;

    /**
     * @param logId the log's own number; a database that follows another log is refused
     * @param view standing where the log begins
     * @param holds is told now and then up to which sequence the database holds everything
     */
    public DatabaseWriter(
            final Database database, final UUID logId, final View view, final LongConsumer holds) {
        this.database = database;
        this.view = view;
        this.holds = holds;
        this.stored = database.jdbi().inTransaction(handle -> position(handle, logId));
        this.end = stored;
        this.written = stored.sequence;
        this.applied = written;
        this.compared = stored.digest == null;
        begin(view.read(View.Reading::sequence));
        tell();
        view.addListener(this);
        this.loop =
                new BackgroundLoop(
                        Thread.ofPlatform().name("spindle-database"),
                        "the database takes nothing",
                        this::writeNext);
        loop.start(0, RETRY_MS);
    }

    /** An empty database begins where the log does; any other must not miss what was purged. */
    private void begin(final long begins) {
        if (written > 0 && written < begins) {
            stopFor(
                    "it ends with sequence "
                            + written
                            + " and the log begins behind "
                            + begins
                            + ": what lies between is in neither. Bring the purged files or a later"
                            + " backup of the database back before anything else is written to it");
        } else if (written == begins) {
            compare(begins);
        }
    }

    /** Nothing more is written: rows that cannot be told from wrong ones help nobody. */
    private void stopFor(final String reason) {
        if (gap.isEmpty()) {
            gap = reason;
            LOG.error("database: {}", reason);
        }
    }

    /** Nobody knows what it holds of this log: nothing may be purged because it does. */
    private void stopForLostEnd() {
        stopFor(LOST_END);
        holds.accept(0);
    }

    /** The log ends with this sequence, or goes on behind it. */
    public void logHas(final long sequence) {
        if (sequence < stored.sequence) {
            stopForLostEnd();
        }
    }

    /**
     * The view stands behind this command. Positions are stored where the view stood once, and it
     * stands there again unless the log's end became another.
     */
    private void compare(final long sequence) {
        if (!compared && sequence >= stored.sequence) {
            compared = true;
            if (sequence > stored.sequence || digest() != stored.digest) {
                stopForLostEnd();
            }
        }
    }

    private long digest() {
        return view.read(now -> now.engine().eventDigest());
    }

    private void tell() {
        toldNs = System.nanoTime();
        told = written;
        holds.accept(gap.equals(LOST_END) ? 0 : written);
    }

    private static End position(final Handle handle, final UUID logId) {
        final Optional<String> known =
                handle.createQuery("SELECT log_id FROM position").mapTo(String.class).findOne();
        if (known.isEmpty()) {
            handle.execute(
                    "INSERT INTO position (id, log_id, sequence) VALUES (1, ?, 0)",
                    logId.toString());
            return new End(0, null);
        }
        if (!known.get().equals(logId.toString())) {
            throw new IllegalStateException(
                    "the database follows log "
                            + known.get()
                            + ", this folder's is "
                            + logId
                            + ": use another database, or another data folder");
        }
        return handle.createQuery("SELECT sequence, event_digest, engine_version FROM position")
                .map((row, context) -> end(row))
                .one();
    }

    private static End end(final ResultSet row) throws SQLException {
        final long sequence = row.getLong("sequence");
        final long digest = row.getLong("event_digest");
        final boolean isOurs = row.getInt("engine_version") == TradingEngine.ENGINE_VERSION;
        return new End(sequence, isOurs ? digest : null);
    }

    @Override
    public void on(final Fact fact) {
        if (fact.sequence() > written && gap.isEmpty()) {
            waiting.add(fact);
        }
    }

    @Override
    public void applied(final long sequence) {
        compare(sequence);
        if (sequence > written && gap.isEmpty()) {
            ends.add(new End(sequence, digest()));
        }
        applied = Math.max(applied, sequence);
    }

    /** True while the replica should wait. */
    public boolean isFull() {
        return waiting.size() + ends.size() >= MAX_WAITING;
    }

    /** Everything up to this sequence is in the database. */
    public long written() {
        return written;
    }

    /** Commands that the replica has applied and the database does not know. */
    public long lag() {
        return Math.max(0, applied - written);
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
        if (end.sequence == written) {
            collect();
        }
        if (end.sequence > written) {
            write();
        }
        if (written != told && System.nanoTime() - toldNs > TELL_EVERY_NS) {
            tell();
        }
        return waiting.isEmpty() ? PAUSE_MS : 0;
    }

    /**
     * Takes the next facts, of whole commands only: one that is still being applied may have said
     * some of its facts already. A fact leaves the queue once the batch has it, so that a fault
     * loses none.
     */
    private void collect() {
        for (End next = ends.peek(); next != null && batch.size() < BATCH; next = ends.peek()) {
            for (Fact fact = waiting.peek();
                    fact != null && fact.sequence() <= next.sequence;
                    fact = waiting.peek()) {
                batch.add(fact);
                waiting.remove();
            }
            end = next;
            ends.remove();
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
                            handle.execute(
                                    UPDATE_POSITION,
                                    end.sequence,
                                    end.digest,
                                    TradingEngine.ENGINE_VERSION);
                        });
        batch.clear();
        written = end.sequence;
    }

    /** The books, once a second if anything happened. */
    private List<Book> dueBooks() {
        final long nowNs = System.nanoTime();
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
        tell();
        database.close();
    }
}
