package io.spindle.tuning.profile;

import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.AnchorNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a YAML text against a {@link Shape} and refuses whatever the shape does not name: unknown
 * or repeated keys, wrong types, tabs, broken indentation, anchors. Every complaint names file,
 * line and field; all of them are collected before any is thrown.
 */
public final class StrictYaml {
    private final String file;
    private final Map<String, String> places;
    private final List<String> complaints = new ArrayList<>();

    private StrictYaml(final String file, final Map<String, String> places) {
        this.file = file;
        this.places = places;
    }

    /**
     * @param file name for messages
     * @param places takes {@code file:line} of every field, by its name, unless it has one
     * @return the document as nested maps (in file order), lists, strings, longs and booleans
     * @throws InvalidProfileException with every complaint
     */
    public static Map<String, Object> read(
            final String file,
            final String text,
            final Shape.Struct shape,
            final Map<String, String> places) {
        final StrictYaml reader = new StrictYaml(file, places);
        final Node document = reader.compose(text);
        final Object value = document == null ? null : reader.convert("", document, shape);
        if (document == null && reader.complaints.isEmpty()) {
            reader.complaints.add(file + ": empty");
        }
        if (!reader.complaints.isEmpty()) {
            throw new InvalidProfileException(reader.complaints);
        }
        return Maps.ofStrings(value);
    }

    private Node compose(final String text) {
        try {
            return new Compose(LoadSettings.builder().setLabel(file).build())
                    .composeString(text)
                    .orElse(null);
        } catch (final MarkedYamlEngineException broken) {
            final int line = broken.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
            complaints.add(file + ":" + line + ": " + broken.getProblem());
        } catch (final YamlEngineException broken) {
            complaints.add(file + ": " + broken.getMessage());
        }
        return null;
    }

    private Object convert(final String field, final Node node, final Shape shape) {
        if (node instanceof AnchorNode || node.getAnchor().isPresent()) {
            return complain(field, node, "anchors and aliases are not allowed");
        }
        places.putIfAbsent(field, place(node));
        return switch (shape) {
            case Shape.Plain plain ->
                    node instanceof ScalarNode text
                            ? plain(field, text, plain)
                            : complain(field, node, "expected " + plain.words());
            case Shape.ListOf list ->
                    node instanceof SequenceNode sequence
                            ? list(field, sequence, list)
                            : complain(field, node, "expected a list");
            case Shape.MapOf map ->
                    node instanceof MappingNode mapping
                            ? map(field, mapping, map)
                            : complain(field, node, "expected key: value pairs");
            case Shape.Struct struct ->
                    node instanceof MappingNode mapping
                            ? struct(field, mapping, struct)
                            : complain(field, node, "expected key: value pairs");
        };
    }

    private Object plain(final String field, final ScalarNode node, final Shape.Plain shape) {
        final String text = node.getValue();
        return shape.parse(text)
                .orElseGet(
                        () ->
                                complain(
                                        field,
                                        node,
                                        "expected " + shape.words() + ", found '" + text + "'"));
    }

    private List<Object> list(
            final String field, final SequenceNode node, final Shape.ListOf shape) {
        final List<Object> values = new ArrayList<>();
        for (int i = 0; i < node.getValue().size(); i++) {
            values.add(convert(field + "[" + i + "]", node.getValue().get(i), shape.element()));
        }
        return values;
    }

    private Map<String, Object> map(
            final String field, final MappingNode node, final Shape.MapOf shape) {
        final Map<String, Object> values = new LinkedHashMap<>();
        for (final NodeTuple pair : node.getValue()) {
            put(values, field, pair, shape.value());
        }
        return values;
    }

    private Map<String, Object> struct(
            final String field, final MappingNode node, final Shape.Struct shape) {
        final Map<String, Object> values = new LinkedHashMap<>();
        for (final NodeTuple pair : node.getValue()) {
            final String key = key(pair);
            final Shape value = shape.fields().get(key);
            if (value == null) {
                complain(
                        path(field, key),
                        pair.getKeyNode(),
                        "unknown key; known: " + String.join(", ", shape.fields().keySet()));
            } else {
                put(values, field, pair, value);
            }
        }
        for (final String required : shape.required()) {
            if (!values.containsKey(required)) {
                complain(path(field, required), node, "missing");
            }
        }
        return values;
    }

    private void put(
            final Map<String, Object> values,
            final String field,
            final NodeTuple pair,
            final Shape shape) {
        final String key = key(pair);
        if (values.containsKey(key)) {
            complain(path(field, key), pair.getKeyNode(), "given twice");
        } else {
            values.put(key, convert(path(field, key), pair.getValueNode(), shape));
        }
    }

    private static String key(final NodeTuple pair) {
        return pair.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
    }

    private static String path(final String field, final String key) {
        return field.isEmpty() ? key : field + "." + key;
    }

    private Object complain(final String field, final Node node, final String problem) {
        complaints.add(place(node) + ": " + (field.isEmpty() ? "" : field + ": ") + problem);
        return "";
    }

    private String place(final Node node) {
        return file + ":" + node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    }
}
