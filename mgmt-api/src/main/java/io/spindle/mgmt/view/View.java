package io.spindle.mgmt.view;

import io.spindle.log.CommandHandler;
import io.spindle.log.DataFolder;
import io.spindle.mgmt.model.Algorithm;
import io.spindle.mgmt.model.Fact;
import io.spindle.mgmt.model.Instrument;
import io.spindle.mgmt.model.Metadata;
import io.spindle.mgmt.model.Order;
import io.spindle.mgmt.model.Trade;
import io.spindle.mgmt.model.TradeBroken;
import io.spindle.oms.EngineConfig;
import io.spindle.oms.SnapshotReader;
import io.spindle.oms.SnapshotWriter;
import io.spindle.oms.TradingEngine;

import org.agrona.DirectBuffer;
import org.agrona.IoUtil;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.IntSupplier;

/**
 * The replica as the management plane sees it: engine, order and trade history, all true at one
 * sequence.
 *
 * <p>One thread {@linkplain #update updates}; any thread {@linkplain #read reads}. The lock is fair
 * and updates come in small batches, so neither starves the other.
 */
public final class View implements CommandHandler {
    /**
     * How much is kept in memory; the database keeps everything.
     *
     * @param endedOrders orders that ended
     */
    public record Limits(int endedOrders, int trades) {
        public static Limits standard() {
            return new Limits(200_000, 200_000);
        }
    }

    private final ReentrantLock lock = new ReentrantLock(true);
    private final Progress progress = new Progress();
    private final List<FactListener> listeners = new CopyOnWriteArrayList<>();
    private final EngineNames names = new EngineNames();
    private final CommandInHand command = new CommandInHand();
    private final OrderFacts orderFacts;
    private final AdminFacts adminFacts;
    private final TradingEngine engine;
    private final OrderHistory orders;
    private final RequestHistory requests;
    private final AlgorithmHistory algorithms = new AlgorithmHistory();
    private final TradeHistory trades;
    private final MetadataHistory metadata;
    private final BookChanges bookChanges;
    private final Ledger ledger;
    private final Terms terms;
    private final Beginning beginning;
    private long firstTimeNs;

    public View(final EngineConfig config, final Limits limits) {
        orders = new OrderHistory(limits.endedOrders());
        requests = new RequestHistory(limits.endedOrders());
        trades = new TradeHistory(limits.trades());
        bookChanges = new BookChanges(config.maxInstruments());
        metadata = new MetadataHistory(limits.endedOrders());
        orderFacts = new OrderFacts(names, command, orders, this::take);
        adminFacts = new AdminFacts(names, command, orderFacts, this::take);
        engine =
                new TradingEngine(
                        config, orderFacts, new MarketFacts(names, this::take), adminFacts);
        names.engine(engine);
        orderFacts.engine(engine);
        ledger = new Ledger(engine, names, adminFacts);
        adminFacts.engine(engine, ledger);
        terms = new Terms(engine, names);
        beginning = new Beginning(engine, names, command, orderFacts, adminFacts, this::take);
    }

    /** Keeps the newest commands that it applies from now on, up to that many bytes. */
    public void keepCommands(final long bytes) {
        command.recent().keep(bytes);
    }

    /** Listeners hear every fact after the view itself has taken it. */
    public void addListener(final FactListener listener) {
        listeners.add(listener);
    }

    private void take(final Fact fact) {
        bookChanges.take(fact);
        switch (fact) {
            case Order order -> {
                orders.put(order);
                requests.put(order);
            }
            case Algorithm algorithm -> algorithms.put(algorithm);
            case Trade trade -> trades.put(trade);
            case TradeBroken broken -> trades.put(broken);
            case Metadata entry -> {
                if (!metadata.put(entry)) {
                    return;
                }
            }
            default -> {}
        }
        listeners.forEach(listener -> listener.on(fact));
    }

    /** Applies one command of the log; only inside {@link #update}. */
    @Override
    public void onCommand(
            final long sequence,
            final long timeNs,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        if (firstTimeNs == 0) {
            firstTimeNs = timeNs;
        }
        command.take(sequence, timeNs, buffer, offset, length);
        engine.apply(sequence, timeNs, buffer, offset, length);
        adminFacts.applied();
    }

    /**
     * Runs a small batch that hands commands to this view.
     *
     * @return what the batch returns
     */
    public int update(final IntSupplier batch) {
        lock.lock();
        try {
            final int count = batch.getAsInt();
            if (count > 0) {
                listeners.forEach(listener -> listener.applied(engine.sequence()));
            }
            return count;
        } finally {
            progress.moveTo(engine.sequence());
            lock.unlock();
        }
    }

    /** Reads between two commands. The reading is valid inside the function only. */
    public <T> T read(final Function<Reading, T> question) {
        lock.lock();
        try {
            return question.apply(new Reading());
        } finally {
            lock.unlock();
        }
    }

    /**
     * Reads like {@link #read} if nobody else is at it for so long.
     *
     * @return nothing if somebody is, or if the question has no answer
     */
    public <T> Optional<T> tryRead(final Function<Reading, T> question, final long timeoutMs)
            throws InterruptedException {
        if (!lock.tryLock(timeoutMs, TimeUnit.MILLISECONDS)) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(question.apply(new Reading()));
        } finally {
            lock.unlock();
        }
    }

    /** Of the last command that was applied; takes no lock. */
    public long sequence() {
        return progress.sequence();
    }

    /** Waits until a sequence has been applied, and for no lock; false if it was not in time. */
    public boolean await(final long sequence, final long timeoutMs) throws InterruptedException {
        progress.await(sequence, TimeUnit.MILLISECONDS.toNanos(timeoutMs));
        return progress.sequence() >= sequence;
    }

    /** Asks again after every batch until there is an answer; nothing if none came in time. */
    public <T> Optional<T> await(
            final Function<Reading, Optional<T>> question, final long timeoutMs)
            throws InterruptedException {
        long leftNs = TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        while (true) {
            final long seen = progress.sequence();
            final Optional<T> answer = read(question);
            if (answer.isPresent() || leftNs <= 0) {
                return answer;
            }
            leftNs = progress.await(seen + 1, leftNs);
        }
    }

    /** Writes the engine's state, between two commands, into a folder. */
    public Path snapshot(final Path folder) throws IOException {
        lock.lock();
        try {
            return new SnapshotWriter().write(engine, folder);
        } finally {
            lock.unlock();
        }
    }

    /** Copies the engine's state, not its history, to a view that has seen nothing. */
    public void copyTo(final View blank) throws IOException {
        final Path folder = Files.createTempDirectory("spindle-copy");
        try {
            blank.load(snapshot(folder));
        } finally {
            IoUtil.delete(folder.toFile(), true);
        }
    }

    private void load(final Path snapshot) throws IOException {
        lock.lock();
        try {
            new SnapshotReader().read(snapshot, engine);
            progress.moveTo(engine.sequence());
        } finally {
            lock.unlock();
        }
    }

    /** Lets a view that has seen nothing stand where the log begins; returns the sequence there. */
    public long begin(final DataFolder folder) throws IOException {
        lock.lock();
        try {
            final long sequence = beginning.restore(folder);
            firstTimeNs = engine.timeNs();
            progress.moveTo(engine.sequence());
            if (sequence > 0) {
                trades.forgetUpTo(firstTimeNs);
                orders.beginLate();
            }
            return sequence;
        } finally {
            lock.unlock();
        }
    }

    /** Takes over what an engine that came from a snapshot has had open since before this view. */
    public void adoptOpenOrders() {
        read(
                now -> {
                    beginning.adoptOpenOrders();
                    return now;
                });
    }

    /** The replica between two commands. */
    public final class Reading {
        private Reading() {}

        public long sequence() {
            return engine.sequence();
        }

        public long timeNs() {
            return engine.timeNs();
        }

        /** Of the first command that this replica applied. */
        public long firstTimeNs() {
            return firstTimeNs;
        }

        /** Why this replica may not be believed any more; empty while it may. */
        public String mismatch() {
            return adminFacts.mismatch();
        }

        public TradingEngine engine() {
            return engine;
        }

        public OrderHistory orders() {
            return orders;
        }

        public RequestHistory requests() {
            return requests;
        }

        public AlgorithmHistory algorithms() {
            return algorithms;
        }

        public TradeHistory trades() {
            return trades;
        }

        public MetadataHistory metadata() {
            return metadata;
        }

        public Ledger ledger() {
            return ledger;
        }

        public Terms terms() {
            return terms;
        }

        /** In the order of their definition, without those that were removed. */
        public List<Instrument> instruments() {
            return names.instruments(locate -> true);
        }

        public Optional<Instrument> instrument(final String symbol) {
            return instruments().stream().filter(one -> one.symbol().equals(symbol)).findFirst();
        }

        /** Why risk refused what it refused lately. */
        public RiskRefusals refusals() {
            return adminFacts.refusals();
        }

        public Updates updates() {
            return new Updates(engine, names, command.recent());
        }

        /** One side of a book, order by order. */
        public Queue queue(final Instrument instrument, final char side, final int limit) {
            return Queue.read(engine, names, instrument.locate(), side, limit);
        }

        /** Instruments whose books may have changed behind a sequence. */
        public List<Instrument> changedBehind(final long sequence) {
            return names.instruments(locate -> bookChanges.isAfter(sequence, locate));
        }

        /** The book of an instrument, best prices first, at most {@code maxLevels} a side. */
        public Book book(final Instrument instrument, final int maxLevels) {
            return Book.read(engine, instrument, maxLevels);
        }
    }
}
