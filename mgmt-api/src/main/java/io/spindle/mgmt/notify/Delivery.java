package io.spindle.mgmt.notify;

import io.spindle.mgmt.notify.DeadLetters.DeadLetter;
import io.spindle.mgmt.stream.Event;
import io.spindle.mgmt.stream.EventLog;
import io.spindle.mgmt.stream.EventLog.Position;
import io.spindle.mgmt.stream.FeedMessage;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * Delivers one channel's events in their order, from where the last process stopped. A message is
 * tried several times, then goes to the dead letters, and the next one has its turn. When our own
 * files fail, the delivery waits and goes on where it stands.
 */
final class Delivery implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
    private static final int BATCH = 100;
    private static final long IDLE_MS = 200;

    private final String name;
    private final Channel channel;
    private final Carrier carrier;
    private final EventLog log;
    private final DeadLetters deadLetters;
    private final Path positionFile;
    private final Retry retry;
    private final Thread thread;
    private volatile Position position;
    private Position saved;
    private volatile long delivered;
    private volatile String problem = "";
    private volatile String trouble = "";

    /**
     * How often and how patiently a message is tried.
     *
     * @param firstPauseMs before the second attempt; doubles with each further one
     */
    record Retry(int attempts, long firstPauseMs) {
        static final Retry PATIENT = new Retry(6, 1_000);
    }

    /**
     * @param start behind which to begin
     */
    Delivery(
            final String name,
            final Channel channel,
            final Carrier carrier,
            final EventLog log,
            final DeadLetters deadLetters,
            final Path positionFile,
            final Position start,
            final Retry retry) {
        this.name = name;
        this.channel = channel;
        this.carrier = carrier;
        this.log = log;
        this.deadLetters = deadLetters;
        this.positionFile = positionFile;
        this.retry = retry;
        this.position = start;
        this.thread = Thread.ofVirtual().name("spindle-notify-" + name).start(this::run);
    }

    Channel channel() {
        return channel;
    }

    long delivered() {
        return delivered;
    }

    /** Why the message in hand has not arrived yet; empty while all is well. */
    String problem() {
        final String ours = trouble;
        return ours.isEmpty() ? problem : ours;
    }

    Position position() {
        return position;
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.sleep(goOn());
            }
        } catch (final InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes what is next; returns for how long to rest then. */
    private long goOn() throws InterruptedException {
        try {
            final boolean idle = takeNext() == 0;
            trouble = "";
            return idle ? IDLE_MS : 0;
        } catch (final IOException | RuntimeException broken) {
            if (!trouble.equals(broken.toString())) {
                trouble = broken.toString();
                LOG.error("notifications of {} do not get on; trying again", name, broken);
            }
            return retry.firstPauseMs();
        }
    }

    /** Returns how many events there were. */
    private int takeNext() throws IOException, InterruptedException {
        final Position forgotten = log.forgotten();
        if (position.isBefore(forgotten)) {
            LOG.warn("notifications of {}: events behind {} are gone", name, position);
            position = forgotten;
        }
        final List<Event> next = log.list(position, Long.MAX_VALUE, event -> true, BATCH);
        for (final Event event : next) {
            take(event);
        }
        savePosition();
        return next.size();
    }

    private void take(final Event event) throws IOException, InterruptedException {
        final boolean wanted = channel.wants(event);
        if (wanted) {
            final FeedMessage message = channel.message(event);
            final int attempts = attempt(message);
            if (attempts == 0) {
                delivered++;
            } else {
                deadLetters.put(
                        new DeadLetter(
                                name + "." + event.token(), name, attempts, problem, message));
            }
        }
        position = new Position(event.sequence(), event.index());
        if (wanted) {
            savePosition();
        }
    }

    /**
     * In one step: the file has the old position or the new one, whoever dies. It is saved after
     * every message, so nobody waits for the disk: a power cut may take it back, and what was
     * delivered since comes once more.
     */
    private void savePosition() throws IOException {
        final Position reached = position;
        if (reached.equals(saved)) {
            return;
        }
        final Path fresh = positionFile.resolveSibling(positionFile.getFileName() + ".new");
        Files.writeString(fresh, reached.sequence() + "." + reached.index());
        Files.move(
                fresh,
                positionFile,
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        saved = reached;
    }

    /** Returns 0 once it has arrived, else how often it was tried. */
    private int attempt(final FeedMessage message) throws InterruptedException {
        long pauseMs = retry.firstPauseMs();
        for (int attempt = 1; ; attempt++) {
            try {
                carrier.carry(message);
                problem = "";
                return 0;
            } catch (final IOException | RuntimeException failure) {
                problem = failure.toString();
                LOG.warn("notification {} {}: {}", name, message.token(), problem);
            }
            if (attempt == retry.attempts()) {
                return attempt;
            }
            Thread.sleep(pauseMs);
            pauseMs *= 2;
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (final InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
