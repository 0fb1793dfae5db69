package io.spindle.tuning.profile;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a YAML value must look like. */
public sealed interface Shape {
    /** Plain values. */
    enum Scalar implements Shape {
        TEXT("text") {
            @Override
            Optional<Object> parse(final String text) {
                return Optional.of(text);
            }
        },
        WHOLE_NUMBER("a whole number") {
            @Override
            Optional<Object> parse(final String text) {
                try {
                    return Optional.of(Long.parseLong(text));
                } catch (final NumberFormatException notOne) {
                    return Optional.empty();
                }
            }
        },
        TRUE_OR_FALSE("true or false") {
            @Override
            Optional<Object> parse(final String text) {
                return switch (text) {
                    case "true" -> Optional.of(true);
                    case "false" -> Optional.of(false);
                    default -> Optional.empty();
                };
            }
        };

        private final String words;

        Scalar(final String words) {
            this.words = words;
        }

        String words() {
            return words;
        }

        abstract Optional<Object> parse(String text);
    }

    record ListOf(Shape element) implements Shape {}

    /** Any keys, one shape of value. */
    record MapOf(Shape value) implements Shape {}

    /** Known keys only. */
    record Struct(Map<String, Shape> fields, List<String> required) implements Shape {}
}
