package io.spindle.mgmt.api;

import com.fasterxml.jackson.annotation.JsonInclude;

import java.util.List;

/**
 * An RFC 9457 problem.
 *
 * @param type {@code urn:spindle:problem:} and the code in lower case
 * @param code stable, for programs; the engine's reject codes keep their names
 * @param errors one per wrong field, if fields are the matter
 * @param requiredRoles which roles may use this route, if rights are the matter
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        String instance,
        String code,
        List<FieldError> errors,
        List<String> requiredRoles) {
    public static final String CONTENT_TYPE = "application/problem+json";

    /**
     * @param pointer JSON pointer into the body, or the parameter's name
     */
    public record FieldError(String pointer, String detail) {}
}
