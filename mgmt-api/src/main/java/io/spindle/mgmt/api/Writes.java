package io.spindle.mgmt.api;

import io.javalin.http.Context;
import io.spindle.mgmt.control.AdminCommand;
import io.spindle.mgmt.control.ControlPort;
import io.spindle.mgmt.view.View;
import io.spindle.oms.RejectCode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Turns requests into commands. The answer comes when the command is in the log and this process's
 * replica has applied it, so that a caller can read what it wrote.
 */
final class Writes {
    private static final long CATCH_UP_MS = 2_000;
    private static final int MAX_KEY_LENGTH = 255;

    private final ControlPort control;
    private final View view;

    Writes(final ControlPort control, final View view) {
        this.control = control;
        this.view = view;
    }

    /**
     * The id under which the engine will know the request. The same caller, path and {@code
     * Idempotency-Key} give the same id, and the engine takes an id once.
     */
    UUID requestId(final Context ctx) {
        final String key = ctx.header("Idempotency-Key");
        if (key == null) {
            return UUID.randomUUID();
        }
        if (key.isBlank() || key.length() > MAX_KEY_LENGTH) {
            throw ApiProblem.field(
                    "Idempotency-Key", "must be 1 to " + MAX_KEY_LENGTH + " characters");
        }
        final String whole =
                Access.caller(ctx).name() + "\n" + ctx.method() + " " + ctx.path() + "\n" + key;
        return UUID.nameUUIDFromBytes(whole.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Sends the command and waits for its effect.
     *
     * @return the command's sequence in the log
     */
    long send(final AdminCommand command) throws IOException, InterruptedException {
        final ControlPort.Answer answer =
                control.ask(command)
                        .orElseThrow(
                                () ->
                                        ApiProblem.of(
                                                ProblemCode.NO_ANSWER,
                                                "repeat it with the same Idempotency-Key"));
        if (!answer.isDone()) {
            throw refusal(answer.code());
        }
        view.await(answer.sequence(), CATCH_UP_MS);
        return answer.sequence();
    }

    /** Sends the command and tells the caller when it is in effect. */
    void answer(final Context ctx, final AdminCommand command)
            throws IOException, InterruptedException {
        final long sequence = send(command);
        ctx.status(201).json(new Done(command.request().toString(), sequence));
    }

    private static ApiProblem refusal(final int code) {
        final RejectCode known = RejectCode.of(code);
        return known == null
                ? ApiProblem.refused("CODE_" + code, "the engine's code " + code)
                : ApiProblem.refused(known.name(), known.meaning);
    }
}
