package io.spindle.mgmt.stream;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.spindle.mgmt.stream.EventLog.Position;
import io.spindle.mgmt.view.View;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A feed on a thread of its own, and what it told. */
final class TestFeed implements Feed.Sink {
    /** A message and behind which token it could be gone on. */
    record Told(FeedMessage message, String token) {}

    final LinkedBlockingQueue<Told> told = new LinkedBlockingQueue<>();

    /** Sequences of the events that were sent as they happened. */
    final LinkedBlockingQueue<Long> happened = new LinkedBlockingQueue<>();

    /** Called on the feed's thread with each message. */
    volatile Consumer<FeedMessage> heard = message -> {};

    /** How long nothing happens before a bookmark. */
    long bookmarkMs = 5_000;

    private Thread thread;

    @Override
    public void send(final FeedMessage message, final String token) {
        told.add(new Told(message, token));
        heard.accept(message);
    }

    @Override
    public void sent(final Event event) {
        happened.add(event.sequence());
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    void follow(final View view, final EventLog log, final Interest interest, final Position resume)
            throws InterruptedException {
        final Feed served = new Feed(view, log, interest, this, bookmarkMs);
        thread =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    try {
                                        served.run(resume);
                                    } catch (final IOException broken) {
                                        throw new AssertionError(broken);
                                    } catch (final InterruptedException end) {
                                        Thread.currentThread().interrupt();
                                    }
                                });
        while (log.subscribers() == 0) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    Told next() throws InterruptedException {
        final Told next = told.poll(30, TimeUnit.SECONDS);
        assertNotNull(next, "nothing came");
        return next;
    }

    void skipSnapshot() throws InterruptedException {
        while (!next().message.type().equals("snapshotFinish")) {}
    }

    /** What comes before it is said that all up to a sequence was told. */
    List<FeedMessage> untilBookmark(final long sequence) throws InterruptedException {
        final List<FeedMessage> values = new ArrayList<>();
        while (true) {
            final FeedMessage message = next().message;
            if (!message.type().equals("bookmark")) {
                values.add(message);
            } else if (message.sequence() >= sequence) {
                return values;
            }
        }
    }

    void stop() {
        if (thread != null) {
            thread.interrupt();
        }
    }
}
