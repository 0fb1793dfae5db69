package io.spindle.mgmt.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;

import java.util.List;

/**
 * One record: that something was asked, or what became of it. Both of one call have its id.
 *
 * @param time ISO-8601, of the wall clock
 * @param event {@code asked} before anything happens, {@code answered} after, {@code refused} for a
 *     write that the caller had no right to, and for who did not log in
 * @param caller absent if nobody is logged in
 * @param body what was sent, secrets blackened, or, of an answer, what was assumed because it was
 *     not said; JSON, as are {@code before} and {@code after}
 * @param code of the problem, absent if there was none
 * @param sequence of the command in the log, absent if there is none, or more than one
 * @param commands ids of all that the call sent: request ids, of tickets order ids; absent if none
 * @param before what the call changed, and {@code after} it; what is too long as its hash
 * @param proposal that the call made, or decided on
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
        List<String> commands,
        @JsonRawValue String before,
        @JsonRawValue String after,
        String proposal) {}
