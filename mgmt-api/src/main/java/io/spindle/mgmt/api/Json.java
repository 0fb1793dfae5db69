package io.spindle.mgmt.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.javalin.http.Context;

import java.util.stream.Collectors;

/** JSON as this API reads it: strictly. Unknown and doubled fields are errors, text is text. */
public final class Json {
    public static final ObjectMapper MAPPER =
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                    .build();

    private Json() {}

    /** The request's body. */
    static <T> T body(final Context ctx, final Class<T> type) {
        return read(ctx.body(), type);
    }

    static <T> T read(final String text, final Class<T> type) {
        try {
            final T value = MAPPER.readValue(text, type);
            if (value == null) {
                throw ApiProblem.of(ProblemCode.BAD_REQUEST, "the body is empty");
            }
            return value;
        } catch (final MismatchedInputException wrong) {
            if (wrong.getPath().isEmpty()) {
                throw ApiProblem.of(ProblemCode.BAD_REQUEST, "the body is no JSON object");
            }
            final String pointer =
                    wrong.getPath().stream()
                            .map(
                                    step ->
                                            step.getFieldName() == null
                                                    ? Integer.toString(step.getIndex())
                                                    : step.getFieldName())
                            .collect(Collectors.joining("/", "/", ""));
            throw ApiProblem.field(
                    pointer,
                    wrong instanceof final UnrecognizedPropertyException unknown
                            ? "not known here; known are "
                                    + unknown.getKnownPropertyIds().stream()
                                            .map(Object::toString)
                                            .sorted()
                                            .collect(Collectors.joining(", "))
                            : wrong.getOriginalMessage());
        } catch (final JsonProcessingException broken) {
            throw ApiProblem.of(
                    ProblemCode.BAD_REQUEST, "no valid JSON: " + broken.getOriginalMessage());
        }
    }

    public static String write(final Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (final JsonProcessingException fault) {
            throw new IllegalStateException(fault);
        }
    }
}
