package io.spindle.mgmt.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.fasterxml.jackson.databind.JsonNode;

import io.spindle.mgmt.api.Json;
import io.spindle.mgmt.control.AlgorithmCommands;
import io.spindle.mgmt.control.Commands;
import io.spindle.mgmt.control.DayCommands;
import io.spindle.mgmt.control.Ticket;
import io.spindle.mgmt.control.TradeCommands;
import io.spindle.mgmt.model.Note;
import io.spindle.mgmt.security.Principal;
import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.testing.Market;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Whatever a subscriber gets is what the document says. */
@Timeout(60)
class StreamDescriptionTest {
    private static final Principal ALL = new Principal("all", Set.of(Role.ADMIN), Set.of());

    private final Market market = new Market();
    private final LinkedBlockingQueue<FeedMessage> told = new LinkedBlockingQueue<>();
    private final JsonNode document = read(StreamDescription.of("/v1/stream"));

    private final Feed.Sink sink =
            new Feed.Sink() {
                @Override
                public void send(final FeedMessage message, final String token) {
                    told.add(message);
                }

                @Override
                public boolean isOpen() {
                    return true;
                }
            };

    @Test
    void shouldDescribeEveryMessageThatASubscriberGets() throws Exception {
        final Thread feed = Thread.ofVirtual().start(this::serve);
        while (market.events.subscribers() == 0) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
        causeEverything();
        final Set<String> missing = new HashSet<>(List.of("snapshotStart", "snapshotFinish"));
        missing.add("bookmark");
        for (final Topic topic : Topic.values()) {
            topic.records().forEach(record -> missing.add(topic + record.getSimpleName()));
        }
        while (!missing.isEmpty()) {
            final FeedMessage message = told.poll(10, TimeUnit.SECONDS);
            assertNotNull(message, () -> "never came: " + missing);
            verify(message);
            missing.remove(
                    message.view() == null
                            ? message.type()
                            : Topic.of(message.view()).orElseThrow()
                                    + message.value().getClass().getSimpleName());
        }
        feed.interrupt();
        verify(FeedMessage.resync());
    }

    private void serve() {
        final Interest everything = Interest.in(EnumSet.allOf(Topic.class), ALL);
        try {
            new Feed(market.view, market.events, everything, sink, 20).run(null);
        } catch (final IOException broken) {
            throw new AssertionError(broken);
        } catch (final InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private void causeEverything() throws IOException {
        market.desk.post(DayCommands.dayStart(20300102));
        market.state("SPDL", 'T');
        market.enter(0, 'B', "SPDL", 100, 10_0000);
        market.enter(2, 'S', "SPDL", 40, 10_0000);
        market.cancel(0, 99, 0);
        market.login(0);
        market.holding("TEST00", "SPDL", -1_000);
        market.log.post(TradeCommands.bust(UUID.randomUUID(), 1, 'E', "ops"));
        final Note note = new Note("account", "TEST00", "ops", "{\"desk\":[1,null]}");
        market.log.post(Commands.annotate(UUID.randomUUID(), note));
        final Note gone = new Note("account", "TEST00", "ops", "");
        market.log.post(Commands.annotate(UUID.randomUUID(), gone));
        final Ticket order =
                new Ticket(0, 'B', "SPDL", 100, 10_0000, '0', 'Y', "A1", Ticket.Options.none());
        final AlgorithmCommands.Schedule schedule =
                new AlgorithmCommands.Schedule(0, 1_000_000_000, 4, 0);
        market.log.post(AlgorithmCommands.start(UUID.randomUUID(), "TEST00", order, schedule));
    }

    private void verify(final FeedMessage message) {
        final String name = message.view() == null ? message.type() : message.view();
        assertEquals(
                "#/components/messages/" + name,
                document.at("/channels/stream/messages/" + name + "/$ref").asText());
        final JsonNode sent = read(Json.write(message));
        final String misfit =
                misfit(sent, document.at("/components/messages/" + name + "/payload"));
        assertEquals("", misfit, sent.toString());
    }

    /** Where a value is not what its schema says; empty if it is. */
    private String misfit(final JsonNode value, final JsonNode schema) {
        if (schema.has("$ref")) {
            final JsonNode meant = document.at(schema.path("$ref").asText().substring(1));
            assertFalse(meant.isMissingNode(), schema.toString());
            return misfit(value, meant);
        }
        if (schema.has("oneOf")) {
            final List<String> misfits =
                    schema.path("oneOf").valueStream().map(one -> misfit(value, one)).toList();
            return misfits.stream().filter(String::isEmpty).count() == 1
                    ? ""
                    : "not exactly one: " + misfits;
        }
        if (!isOfType(value, schema.path("type"))
                || schema.has("const") && !value.equals(schema.path("const"))
                || schema.has("enum") && !contains(schema.path("enum"), value)) {
            return value + " is not " + schema;
        }
        if (value.isArray()) {
            return value.valueStream()
                    .map(one -> misfit(one, schema.path("items")))
                    .filter(text -> !text.isEmpty())
                    .findFirst()
                    .orElse("");
        }
        return schema.has("properties") ? misfitOfFields(value, schema) : "";
    }

    private String misfitOfFields(final JsonNode value, final JsonNode schema) {
        for (final JsonNode required : schema.path("required")) {
            if (!value.has(required.asText())) {
                return "no " + required;
            }
        }
        for (final var field : value.properties()) {
            final JsonNode expected = schema.path("properties").path(field.getKey());
            final String misfit =
                    expected.isMissingNode() ? "not described" : misfit(field.getValue(), expected);
            if (!misfit.isEmpty()) {
                return field.getKey() + ": " + misfit;
            }
        }
        return "";
    }

    private static boolean isOfType(final JsonNode value, final JsonNode type) {
        return type.isArray()
                ? type.valueStream().anyMatch(one -> isOfType(value, one))
                : switch (type.asText()) {
                    case "object" -> value.isObject();
                    case "array" -> value.isArray();
                    case "string" -> value.isTextual();
                    case "integer" -> value.isIntegralNumber();
                    case "boolean" -> value.isBoolean();
                    case "null" -> value.isNull();
                    default -> false;
                };
    }

    private static boolean contains(final JsonNode values, final JsonNode value) {
        return values.valueStream().anyMatch(value::equals);
    }

    private static JsonNode read(final String text) {
        try {
            return Json.MAPPER.readTree(text);
        } catch (final IOException broken) {
            throw new AssertionError(broken);
        }
    }
}
