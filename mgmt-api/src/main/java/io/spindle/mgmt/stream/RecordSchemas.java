package io.spindle.mgmt.stream;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.spindle.mgmt.api.Json;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;

/** JSON schemas of records as they are written, each under its simple name. */
final class RecordSchemas {
    private static final String PLACE = "#/components/schemas/";

    private final ObjectNode schemas;

    /**
     * @param schemas where they go
     */
    RecordSchemas(final ObjectNode schemas) {
        this.schemas = schemas;
    }

    /** Refers to a record's schema, which is made when it is first asked for. */
    ObjectNode reference(final Class<?> record) {
        final String name = record.getSimpleName();
        if (!schemas.has(name)) {
            describe(record, schemas.putObject(name));
        }
        return Json.MAPPER.createObjectNode().put("$ref", PLACE + name);
    }

    private void describe(final Class<?> record, final ObjectNode schema) {
        schema.put("type", "object").put("additionalProperties", false);
        final ObjectNode properties = schema.putObject("properties");
        final ArrayNode required = schema.putArray("required");
        final boolean leavesOut = record.isAnnotationPresent(JsonInclude.class);
        for (final RecordComponent field : record.getRecordComponents()) {
            properties.set(field.getName(), schema(field));
            if (field.getType().isPrimitive() || !leavesOut) {
                required.add(field.getName());
            }
        }
    }

    /** One field of a record. */
    ObjectNode field(final Class<?> record, final String name) {
        return Arrays.stream(record.getRecordComponents())
                .filter(one -> one.getName().equals(name))
                .map(this::schema)
                .findFirst()
                .orElseThrow();
    }

    private ObjectNode schema(final RecordComponent field) {
        if (field.getAccessor().isAnnotationPresent(JsonRawValue.class)) {
            final ObjectNode schema = Json.MAPPER.createObjectNode();
            schema.putArray("type").add("object").add("null");
            return schema;
        }
        return schema(field.getGenericType());
    }

    private ObjectNode schema(final Type type) {
        final ObjectNode schema = Json.MAPPER.createObjectNode();
        if (type instanceof final ParameterizedType list) {
            schema.put("type", "array").set("items", schema(list.getActualTypeArguments()[0]));
            return schema;
        }
        final Class<?> plain = (Class<?>) type;
        if (plain.isRecord()) {
            return reference(plain);
        }
        if (plain.isEnum()) {
            final ArrayNode names = schema.put("type", "string").putArray("enum");
            Arrays.stream(plain.getEnumConstants()).map(Object::toString).forEach(names::add);
            return schema;
        }
        return schema.put("type", scalar(plain));
    }

    private static String scalar(final Class<?> type) {
        return switch (type.getSimpleName()) {
            case "String" -> "string";
            case "boolean", "Boolean" -> "boolean";
            case "int", "Integer", "long", "Long" -> "integer";
            default -> throw new IllegalArgumentException(type + " is not known here");
        };
    }
}
