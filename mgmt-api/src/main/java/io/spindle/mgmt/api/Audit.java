package io.spindle.mgmt.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.spindle.mgmt.audit.AuditLog;
import io.spindle.mgmt.audit.AuditRecord;
import io.spindle.mgmt.control.SentCommands;
import io.spindle.mgmt.security.Principal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Puts every write into the audit: what was asked before anything happens, what became of it after.
 * If the first cannot be written the call is refused. What stops trading waits for nothing: it is
 * done first and recorded behind the caller's back.
 */
final class Audit {
    private static final Logger LOG = LoggerFactory.getLogger(Audit.class);
    private static final Set<String> SECRETS = Set.of("password", "key");
    private static final int MAX_BODY = 8_192;
    private static final String CALL = "audit.call";
    private static final String SEQUENCE = "audit.sequence";
    private static final String COMMANDS = "audit.commands";
    private static final String BEFORE = "audit.before";
    private static final String AFTER = "audit.after";
    private static final String PROPOSAL = "audit.proposal";
    private static final String ASSUMED = "audit.assumed";
    private static final String NO_REASON = Json.write(Map.of("reason", "none given"));

    private static final int MAX_PATH = 256;

    private final AuditLog log;
    private final Refusals refusals = new Refusals(System::nanoTime);

    Audit(final AuditLog log) {
        this.log = log;
    }

    Refusals refusals() {
        return refusals;
    }

    /** Of the one command that the call sent. */
    static void sequence(final Context ctx, final long sequence) {
        ctx.attribute(SEQUENCE, sequence);
    }

    static void before(final Context ctx, final Object resource) {
        ctx.attribute(BEFORE, text(resource));
    }

    static void after(final Context ctx, final Object resource) {
        ctx.attribute(AFTER, text(resource));
    }

    /** Links the call with the proposal that it made or decided on. */
    static void proposal(final Context ctx, final UUID id) {
        ctx.attribute(PROPOSAL, id.toString());
    }

    private static String text(final Object resource) {
        final String text = resource == null ? null : Json.write(resource);
        return text == null || text.length() <= MAX_BODY ? text : hash(text);
    }

    private static String hash(final String text) {
        return Json.write("hash " + Versions.tag(text).replace("\"", ""));
    }

    /** No form holds up a halt: of one without a reason the answer's record says so. */
    static void haltReason(final Context ctx, final String reason) {
        if (reason == null || reason.isBlank()) {
            ctx.attribute(ASSUMED, NO_REASON);
        }
    }

    /** The handler of a write, with its records around it. */
    Handler around(final Route route, final Handler handler) {
        return ctx -> {
            ctx.attribute(CALL, UUID.randomUUID().toString());
            final AuditRecord asked = record(ctx, "asked", body(ctx), null, null);
            if (route.waitsForNoDisk()) {
                handle(ctx, handler, answered -> writeLater(asked, answered));
            } else {
                writeNow(asked);
                handle(ctx, handler, this::write);
            }
        };
    }

    private static void handle(
            final Context ctx, final Handler handler, final Consumer<AuditRecord> answer)
            throws Exception {
        int status = ProblemCode.INTERNAL.status;
        String code = ProblemCode.INTERNAL.name();
        final Set<String> commands = new LinkedHashSet<>();
        ctx.attribute(COMMANDS, commands);
        try {
            SentCommands.collect(commands, () -> handler.handle(ctx));
            status = ctx.status().getCode();
            code = null;
        } catch (final ApiProblem problem) {
            status = problem.status();
            code = problem.code();
            throw problem;
        } finally {
            answer.accept(record(ctx, "answered", ctx.attribute(ASSUMED), status, code));
        }
    }

    private void writeNow(final AuditRecord asked) {
        try {
            log.append(asked);
        } catch (final IOException failure) {
            LOG.error("audit: {}", failure.toString());
            throw ApiProblem.of(
                    ProblemCode.UNAVAILABLE, "the audit cannot be written: nothing is done");
        }
    }

    /** What stops trading does not wait for a disk. */
    private void writeLater(final AuditRecord asked, final AuditRecord answered) {
        Thread.ofVirtual()
                .name("spindle-audit")
                .start(
                        () -> {
                            write(asked);
                            write(answered);
                        });
    }

    private void write(final AuditRecord record) {
        try {
            log.append(record);
        } catch (final IOException failure) {
            LOG.error("audit: {} was not written: {}", record, failure.toString());
        }
    }

    /**
     * Called for every problem: counts who was not let in, and records writes that did not even
     * reach their handler, and strangers as often as is worth it.
     */
    void refused(final Context ctx, final ApiProblem problem) {
        refusals.add(problem.kind());
        if (problem.kind() == ProblemCode.UNAUTHENTICATED && refusals.takeLine(ctx.ip())) {
            write(stranger(ctx, problem));
        }
        if (problem.status() == ProblemCode.FORBIDDEN.status
                && ctx.method() != HandlerType.GET
                && ctx.attribute(CALL) == null) {
            ctx.attribute(CALL, UUID.randomUUID().toString());
            write(record(ctx, "refused", null, problem.status(), problem.code()));
        }
    }

    private static AuditRecord stranger(final Context ctx, final ApiProblem problem) {
        final String path = ctx.path();
        return new AuditRecord(
                Instant.now().toString(),
                "refused",
                UUID.randomUUID().toString(),
                null,
                ctx.ip(),
                ctx.method().name(),
                path.substring(0, Math.min(path.length(), MAX_PATH)),
                null,
                problem.status(),
                problem.code(),
                null,
                null,
                null,
                null,
                null);
    }

    private static AuditRecord record(
            final Context ctx,
            final String event,
            final String body,
            final Integer status,
            final String code) {
        final Principal caller = Access.caller(ctx);
        final String query = ctx.queryString();
        return new AuditRecord(
                Instant.now().toString(),
                event,
                ctx.attribute(CALL),
                caller.name(),
                ctx.ip(),
                ctx.method().name(),
                query == null ? ctx.path() : ctx.path() + "?" + query,
                body,
                status,
                code,
                ctx.attribute(SEQUENCE),
                commands(ctx),
                ctx.attribute(BEFORE),
                ctx.attribute(AFTER),
                ctx.attribute(PROPOSAL));
    }

    private static List<String> commands(final Context ctx) {
        final Set<String> commands = ctx.attribute(COMMANDS);
        return commands == null || commands.isEmpty() ? null : List.copyOf(commands);
    }

    /** The body in one line, without secrets; of one that is no JSON or too long only its hash. */
    private static String body(final Context ctx) {
        final String text = ctx.body();
        if (text.isEmpty()) {
            return null;
        }
        try {
            final JsonNode json = Json.MAPPER.readTree(text);
            if (json instanceof final ObjectNode object && text.length() <= MAX_BODY) {
                SECRETS.stream().filter(object::has).forEach(secret -> object.put(secret, "***"));
                return Json.write(object);
            }
        } catch (final JsonProcessingException unreadable) {
            LOG.debug("body: {}", unreadable.getOriginalMessage());
        }
        return hash(text);
    }
}
