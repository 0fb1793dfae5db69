package io.spindle.tuning.profile;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a YAML value must look like. */
public sealed interface Shape {
    /** One value, neither list nor map. */
    sealed interface Plain extends Shape {
        /** What is expected, for a message. */
        String words();

        /** Empty when the text is not of this shape. */
        Optional<Object> parse(String text);
    }

    /** Plain values of a type. */
    enum Scalar implements Plain {
        TEXT("text") {
            @Override
            public Optional<Object> parse(final String text) {
                return Optional.of(text);
            }
        },
        WHOLE_NUMBER("a whole number") {
            @Override
            public Optional<Object> parse(final String text) {
                try {
                    return Optional.of(Long.parseLong(text));
                } catch (final NumberFormatException notOne) {
                    return Optional.empty();
                }
            }
        },
        TRUE_OR_FALSE("true or false") {
            @Override
            public Optional<Object> parse(final String text) {
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

        @Override
        public String words() {
            return words;
        }
    }

    /** Those of a type that a pattern takes. */
    record Limited(Scalar type, Pattern pattern, String words) implements Plain {
        @Override
        public Optional<Object> parse(final String text) {
            return pattern.matcher(text).matches() ? type.parse(text) : Optional.empty();
        }
    }

    record ListOf(Shape element) implements Shape {}

    /** Any keys, one shape of value. */
    record MapOf(Shape value) implements Shape {}

    /** Known keys only. */
    record Struct(Map<String, Shape> fields, List<String> required) implements Shape {}
}
