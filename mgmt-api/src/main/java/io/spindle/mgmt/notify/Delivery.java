package io.spindle.mgmt.notify;

import io.spindle.mgmt.background.BackgroundLoop;
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
import java.util.stream.Stream;

/**
 * Delivers one channel's events in their order, from where the last process stopped. A message is
 * tried several times, then goes to the dead letters, and the next one has its turn. When our own
 * files fail, the delivery waits and goes on where it stands.
 */
final class Delivery implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
    private static final long IDLE_MS = 200;

    private final String name;
    private final Channel channel;
    private final Carrier carrier;
    private final DeadLetters deadLetters;
    private final Path positionFile;
    private final Retry retry;
    private final Backlog backlog;
    private final BackgroundLoop loop;
    private volatile Position position;
    private Position saved;
    private volatile long delivered;
    private volatile String problem = "";

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
        this.deadLetters = deadLetters;
        this.positionFile = positionFile;
        this.retry = retry;
        this.position = start;
        this.backlog = new Backlog(name, channel, log, deadLetters, start, retry.firstPauseMs());
        this.loop =
                new BackgroundLoop(
                        Thread.ofVirtual().name("spindle-notify-" + name),
                        "notifications of " + name + " do not get on",
                        this::takeNext);
        loop.start(0, retry.firstPauseMs());
    }

    Channel channel() {
        return channel;
    }

    long delivered() {
        return delivered;
    }

    /** How many wanted events have not had their turn to the end. */
    int waiting() {
        return backlog.waiting();
    }

    /** Commands whose events the log forgot before this channel looked at them. */
    long missed() {
        return backlog.missed();
    }

    /** Why the message in hand has not arrived yet; empty while all is well. */
    String problem() {
        return Stream.of(loop.trouble(), backlog.trouble(), problem)
                .filter(one -> !one.isEmpty())
                .findFirst()
                .orElse("");
    }

    Position position() {
        return position;
    }

    /** Takes what is next; returns for how long to rest then. */
    private long takeNext() throws IOException, InterruptedException {
        final Event next = backlog.next(IDLE_MS);
        if (next == null) {
            position = backlog.drained().orElse(position);
        } else {
            take(next);
        }
        savePosition();
        return 0;
    }

    private void take(final Event event) throws IOException, InterruptedException {
        final FeedMessage message = channel.message(event);
        final int attempts = attempt(message);
        if (attempts == 0) {
            delivered++;
        } else {
            deadLetters.put(
                    new DeadLetter(name + "." + event.token(), name, attempts, problem, message));
        }
        backlog.remove();
        position = new Position(event.sequence(), event.index());
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
        loop.close();
        backlog.close();
    }
}
