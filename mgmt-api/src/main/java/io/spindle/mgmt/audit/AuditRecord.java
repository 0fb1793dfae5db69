package io.spindle.mgmt.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;

/**
 * One record: that something was asked, or what became of it. Both of one call have its id.
 *
 * @param time ISO-8601, of the wall clock
 * @param event {@code asked} before anything happens, {@code answered} after, {@code refused} for a
 *     write that the caller had no right to
 * @param body what was sent, secrets blackened; JSON, as are {@code before} and {@code after}
 * @param code of the problem, absent if there was none
 * @param sequence of the command in the log, absent if there is none
 * @param before the configuration that the call changed, and {@code after} it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AuditRecord(
        String time,
        String event,
        String call,
        String caller,
        String address,
        String method,
        String path,
        @JsonRawValue String body,
        Integer status,
        String code,
        Long sequence,
        @JsonRawValue String before,
        @JsonRawValue String after) {}
