package io.spindle.mgmt.stream;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.spindle.mgmt.api.Json;

import java.util.List;

/**
 * The AsyncAPI document of the stream: its messages with their schemas, all made from the records
 * that are sent. A message of a view is named after the view, any other after its type.
 */
public final class StreamDescription {
    private static final String VERSION = "3.0.0";

    private final ObjectNode document = Json.MAPPER.createObjectNode();
    private final RecordSchemas schemas =
            new RecordSchemas(document.withObject("/components/schemas"));

    private StreamDescription() {}

    /**
     * @param path where the stream is served
     */
    public static String of(final String path) {
        final StreamDescription description = new StreamDescription();
        description.describe(path);
        return description.document.toString();
    }

    private void describe(final String path) {
        document.put("asyncapi", VERSION);
        final ObjectNode info = document.putObject("info");
        info.put("title", "Spindle streams").put("version", "1");
        info.put(
                "description",
                "One feed, as a WebSocket with a message in each text frame, or as server-sent"
                        + " events with a message in each data field. A replace sets what a view"
                        + " has under a key, a remove takes it away.");
        document.put("defaultContentType", "application/json");
        final ObjectNode channel = document.withObject("/channels/stream");
        channel.put("address", path);
        channel.putObject("messages");
        query(channel.withObject("/bindings/ws"));
        document.withObject("/operations/follow")
                .put("action", "send")
                .putObject("channel")
                .put("$ref", "#/channels/stream");
        mark("snapshotStart", List.of("sequence"));
        mark("snapshotFinish", List.of("sequence", "token"));
        mark("bookmark", List.of("sequence", "token"));
        mark("resync", List.of());
        for (final Topic topic : Topic.values()) {
            view(topic);
        }
    }

    private void query(final ObjectNode binding) {
        binding.put("method", "GET");
        final ObjectNode query = binding.putObject("query").put("type", "object");
        for (final String name : List.of("for", "event", "symbol", "account", "resume")) {
            query.withObject("/properties/" + name).put("type", "string");
        }
    }

    private void mark(final String type, final List<String> fields) {
        final ObjectNode payload = message(type);
        property(payload, "type").put("const", type);
        fields.forEach(field -> property(payload, field));
    }

    private void view(final Topic topic) {
        final ObjectNode payload = message(topic.label());
        property(payload, "type").putArray("enum").add("replace").add("remove");
        property(payload, "view").put("const", topic.label());
        property(payload, "key");
        property(payload, "sequence");
        property(payload, "time");
        final ArrayNode values = payload.withObject("/properties/value").putArray("oneOf");
        topic.records().forEach(record -> values.add(schemas.reference(record)));
        payload.withArray("/required").add("value");
        final ObjectNode optional = payload.withObject("/properties");
        optional.set("token", schemas.field(FeedMessage.class, "token"));
        final ObjectNode event = schemas.field(FeedMessage.class, "event");
        EventType.labels().forEach(event.putArray("enum")::add);
        optional.set("event", event);
    }

    /** A new message without properties. */
    private ObjectNode message(final String name) {
        document.withObject("/channels/stream/messages")
                .putObject(name)
                .put("$ref", "#/components/messages/" + name);
        final ObjectNode message = document.withObject("/components/messages").putObject(name);
        message.put("name", name);
        return message.putObject("payload")
                .put("type", "object")
                .put("additionalProperties", false);
    }

    /** A field that the message always has. */
    private ObjectNode property(final ObjectNode payload, final String field) {
        final ObjectNode schema = schemas.field(FeedMessage.class, field);
        payload.withObject("/properties").set(field, schema);
        payload.withArray("/required").add(field);
        return schema;
    }
}
