package io.spindle.mgmt.notify;

import com.fasterxml.jackson.core.JsonProcessingException;

import io.spindle.mgmt.api.Json;
import io.spindle.mgmt.model.Metadata;
import io.spindle.mgmt.notify.DeadLetters.DeadLetter;
import io.spindle.mgmt.stream.EventLog;
import io.spindle.mgmt.stream.EventLog.Position;
import io.spindle.mgmt.view.FactListener;
import io.spindle.mgmt.view.View;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The channels that the log's notes define, each with its delivery. A channel that changes begins
 * where the old one stopped.
 */
public final class Notifications implements AutoCloseable {
    /** The kind of the notes that define channels. */
    public static final String KIND = "channel";

    private static final Logger LOG = LoggerFactory.getLogger(Notifications.class);

    /**
     * How a channel does.
     *
     * @param waiting wanted events that have not had their turn
     * @param missed commands whose events were gone before the channel looked at them, since this
     *     process took the channel up; a dead letter says from where to where
     */
    public record Status(
            String name,
            Channel channel,
            long sequence,
            long delivered,
            int waiting,
            long missed,
            int deadLetters,
            String problem) {}

    private final EventLog log;
    private final Path folder;
    private final Path mailSettings;
    private final Delivery.Retry retry;
    private final DeadLetters deadLetters;
    private final HttpClient http =
            HttpClient.newBuilder()
                    .connectTimeout(Duration.ofSeconds(5))
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();
    private final ExecutorService definitions =
            Executors.newSingleThreadExecutor(
                    Thread.ofVirtual().name("spindle-channels").factory());
    private final Map<String, Delivery> deliveries = new TreeMap<>();

    /**
     * @param folder for positions and dead letters
     * @param mailSettings see {@link MailServer}
     */
    public Notifications(
            final View view, final EventLog log, final Path folder, final Path mailSettings)
            throws IOException {
        this(view, log, folder, mailSettings, Delivery.Retry.PATIENT);
    }

    Notifications(
            final View view,
            final EventLog log,
            final Path folder,
            final Path mailSettings,
            final Delivery.Retry retry)
            throws IOException {
        this.log = log;
        this.folder = Files.createDirectories(folder);
        this.mailSettings = mailSettings;
        this.retry = retry;
        this.deadLetters = new DeadLetters(folder.resolve("dead-letters.jsonl"));
        final FactListener listener =
                fact -> {
                    if (fact instanceof final Metadata entry && entry.kind().equals(KIND)) {
                        definitions.execute(() -> define(entry));
                    }
                };
        view.addListener(listener);
        view.read(now -> now.metadata().list(KIND)).forEach(this::define);
    }

    private synchronized void define(final Metadata entry) {
        final Delivery old = deliveries.remove(entry.key());
        if (old != null) {
            old.close();
        }
        if (!entry.isDefined()) {
            return;
        }
        try {
            final Channel channel = Json.MAPPER.readValue(entry.attributes(), Channel.class);
            deliveries.put(
                    entry.key(),
                    new Delivery(
                            entry.key(),
                            channel,
                            carrier(entry.key(), channel),
                            log,
                            deadLetters,
                            positionFile(entry.key()),
                            old == null ? start(entry) : old.position(),
                            retry));
        } catch (final JsonProcessingException foreign) {
            LOG.error("channel {} is not ours: {}", entry.key(), foreign.getOriginalMessage());
        } catch (final RuntimeException failure) {
            LOG.error("channel {}", entry.key(), failure);
        }
    }

    private Path positionFile(final String channel) {
        return folder.resolve(channel + ".position");
    }

    /** Behind its definition, or where the last process stopped. */
    private Position start(final Metadata entry) {
        final Position known = known(entry.key());
        return known.sequence() > entry.sequence() ? known : Position.behind(entry.sequence());
    }

    /** Where the last process stopped; the log's beginning if nobody can say. */
    private Position known(final String channel) {
        final Path file = positionFile(channel);
        try {
            if (Files.exists(file)) {
                return Position.parse(Files.readString(file).strip());
            }
        } catch (final IOException | NumberFormatException unreadable) {
            LOG.error("channel {} begins anew: no position in {}", channel, file, unreadable);
        }
        return Position.behind(0);
    }

    private Carrier carrier(final String name, final Channel channel) {
        return switch (channel.type()) {
            case "webhook" -> new WebhookCarrier(http, URI.create(channel.target()));
            case "email" -> new MailCarrier(mailSettings, channel.target());
            default -> new LogCarrier(name);
        };
    }

    public synchronized List<Status> status() {
        return deliveries.entrySet().stream()
                .map(
                        entry ->
                                new Status(
                                        entry.getKey(),
                                        entry.getValue().channel(),
                                        entry.getValue().position().sequence(),
                                        entry.getValue().delivered(),
                                        entry.getValue().waiting(),
                                        entry.getValue().missed(),
                                        deadLetters.count(entry.getKey()),
                                        entry.getValue().problem()))
                .toList();
    }

    public List<DeadLetter> deadLetters() {
        return deadLetters.list();
    }

    /**
     * Tries a dead letter once more.
     *
     * @return false if there is none with this id, or its channel is gone
     * @throws IOException if it does not arrive this time either
     */
    public boolean retry(final String id) throws IOException, InterruptedException {
        final DeadLetter letter = deadLetters.find(id).orElse(null);
        final Channel channel = letter == null ? null : channel(letter.channel());
        if (channel == null) {
            return false;
        }
        carrier(letter.channel(), channel).carry(letter.message());
        deadLetters.remove(id);
        return true;
    }

    private synchronized Channel channel(final String name) {
        final Delivery delivery = deliveries.get(name);
        return delivery == null ? null : delivery.channel();
    }

    @Override
    public synchronized void close() {
        definitions.shutdownNow();
        deliveries.values().forEach(Delivery::close);
        deliveries.clear();
        http.shutdownNow();
    }
}
