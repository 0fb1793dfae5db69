package io.spindle.mgmt.database;

import io.spindle.mgmt.model.Fact;
import io.spindle.mgmt.view.Book;
import io.spindle.mgmt.view.FactListener;
import io.spindle.mgmt.view.View;

import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
 * committed unseen are written again and change nothing.
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

    private final Database database;
    private final View view;
    private final LinkedBlockingQueue<Fact> waiting = new LinkedBlockingQueue<>();
    private final LongConsumer holds;
    private final String gap;
    private final Thread thread;
    private volatile long written;
    private volatile long applied;
    private volatile String trouble = "";
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
        this.written = database.jdbi().inTransaction(handle -> position(handle, logId));
        this.applied = written;
        this.gap = gap(written, view.read(View.Reading::sequence));
        if (!gap.isEmpty()) {
            LOG.error("database: {}", gap);
        }
        tell();
        view.addListener(this);
        this.thread = Thread.ofPlatform().name("spindle-database").start(this::run);
    }

    /** An empty database begins where the log does; any other must not miss what was purged. */
    private static String gap(final long written, final long begins) {
        return written > 0 && written < begins
                ? "it ends with sequence "
                        + written
                        + " and the log begins behind "
                        + begins
                        + ": what lies between is in neither. Bring the purged files or a later"
                        + " backup of the database back before anything else is written to it"
                : "";
    }

    private void tell() {
        toldNs = System.nanoTime();
        told = written;
        holds.accept(written);
    }

    private static long position(final Handle handle, final UUID logId) {
        final Optional<String> known =
                handle.createQuery("SELECT log_id FROM position").mapTo(String.class).findOne();
        if (known.isEmpty()) {
            handle.execute(
                    "INSERT INTO position (id, log_id, sequence) VALUES (1, ?, 0)",
                    logId.toString());
            return 0;
        }
        if (!known.get().equals(logId.toString())) {
            throw new IllegalStateException(
                    "the database follows log "
                            + known.get()
                            + ", this folder's is "
                            + logId
                            + ": use another database, or another data folder");
        }
        return handle.createQuery("SELECT sequence FROM position").mapTo(Long.class).one();
    }

    @Override
    public void on(final Fact fact) {
        if (fact.sequence() > written) {
            waiting.add(fact);
        }
    }

    @Override
    public void applied(final long sequence) {
        applied = Math.max(applied, sequence);
    }

    /** True while the replica should wait. */
    public boolean isFull() {
        return waiting.size() >= MAX_WAITING;
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
        return trouble;
    }

    /** What it can never have, because the log was purged too far; empty if nothing. */
    public String gap() {
        return gap;
    }

    private void run() {
        final List<Fact> batch = new ArrayList<>(BATCH);
        long batchEnd = written;
        try {
            while (!Thread.currentThread().isInterrupted()) {
                if (batch.isEmpty()) {
                    batchEnd = collect(batch);
                }
                if (batchEnd > written && !write(batch, batchEnd)) {
                    Thread.sleep(RETRY_MS);
                    continue;
                }
                batch.clear();
                if (written != told && System.nanoTime() - toldNs > TELL_EVERY_NS) {
                    tell();
                }
                Thread.sleep(waiting.isEmpty() ? PAUSE_MS : 0);
            }
        } catch (final InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Takes the next facts, of whole commands only: one that is still being applied may have said
     * some of its facts already.
     *
     * @return the last sequence of which all facts are written with this batch
     */
    private long collect(final List<Fact> batch) {
        final long complete = applied;
        for (Fact next = waiting.peek();
                next != null && next.sequence() <= complete;
                next = waiting.peek()) {
            if (batch.size() >= BATCH && next.sequence() != batch.getLast().sequence()) {
                return next.sequence() - 1;
            }
            batch.add(waiting.remove());
        }
        return complete;
    }

    private boolean write(final List<Fact> batch, final long end) {
        try {
            final List<Book> books = dueBooks();
            database.jdbi()
                    .useTransaction(
                            handle -> {
                                FactStore.write(handle, batch);
                                if (!books.isEmpty()) {
                                    FactStore.writeBooks(handle, books);
                                }
                                handle.execute("UPDATE position SET sequence = ?", end);
                            });
            written = end;
            trouble = "";
            return true;
        } catch (final RuntimeException failure) {
            if (trouble.isEmpty()) {
                LOG.warn("database: {}; trying again every {} ms", failure, RETRY_MS);
            }
            trouble = failure.toString();
            return false;
        }
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
        thread.interrupt();
        try {
            thread.join();
        } catch (final InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        tell();
        database.close();
    }
}
