package io.spindle.mgmt.api;

import io.javalin.http.Context;
import io.spindle.mgmt.api.Proposals.Proposal;
import io.spindle.mgmt.control.AdminCommand;
import io.spindle.mgmt.control.ControlPort;
import io.spindle.mgmt.model.Order;
import io.spindle.mgmt.security.Principal;
import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.view.View;
import io.spindle.oms.RejectCode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Turns requests into commands. The answer comes when the command is in the log and this process's
 * replica has applied it, so that a caller can read what it wrote.
 *
 * <p>In this order: is it the caller's to do, have they seen what they change, is it only a dryRun,
 * does a second person have to agree; then it is sent.
 */
final class Writes {
    private static final long CATCH_UP_MS = 2_000;
    private static final int MAX_KEY_LENGTH = 255;

    private final ControlPort control;
    private final View view;
    private final DryRun dryRun;
    private final BooleanSupplier secondPerson;
    private final Proposals proposals;
    private final Retries retries = new Retries();

    /** Held from the look at a configuration to the change of it. */
    private final ReentrantLock configuration = new ReentrantLock();

    /**
     * @param secondPerson whether there is somebody who could agree
     */
    Writes(
            final ControlPort control,
            final View view,
            final DryRun dryRun,
            final BooleanSupplier secondPerson,
            final Proposals proposals) {
        this.control = control;
        this.view = view;
        this.dryRun = dryRun;
        this.secondPerson = secondPerson;
        this.proposals = proposals;
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

    /** The whole market's write, by one person. */
    void answer(final Context ctx, final AdminCommand command)
            throws IOException, InterruptedException {
        answer(ctx, Write.of(command));
    }

    /** Does it, tries it or puts it before a second person, and says so. */
    void answer(final Context ctx, final Write write) throws IOException, InterruptedException {
        require(Access.caller(ctx), write.firm());
        if (ctx.queryParam("asAt") != null) {
            throw ApiProblem.field("asAt", "the past cannot be changed");
        }
        if (write.resource() == null) {
            decide(ctx, write, null);
            return;
        }
        configuration.lockInterruptibly();
        try {
            final Object current = view.read(write.resource()::read);
            Versions.require(ctx, current);
            decide(ctx, write, current);
        } finally {
            configuration.unlock();
        }
    }

    /** Deny by default: who is bound to firms may touch these firms' and nothing else. */
    static void require(final Principal caller, final String firm) {
        final boolean may = firm == null ? caller.owners().isEmpty() : caller.maySee(firm);
        if (!may) {
            throw ApiProblem.outside(
                    firm == null ? "this is the whole market's" : "not your firm's");
        }
    }

    private void decide(final Context ctx, final Write write, final Object current)
            throws IOException, InterruptedException {
        final boolean waits = write.risky() && secondPerson.getAsBoolean();
        if (waits && (write.reason() == null || write.reason().isBlank())) {
            throw ApiProblem.field("/reason", "a second person has to agree: say why");
        }
        if (Parameters.flag(ctx, "validate")) {
            ctx.json(dryRun.run(write, current, waits));
        } else if (waits) {
            propose(ctx, write, Versions.tag(current));
        } else {
            Audit.before(ctx, current);
            final Done done = execute(ctx, write);
            ctx.status(201).json(done);
        }
    }

    private void propose(final Context ctx, final Write write, final String tag)
            throws IOException {
        final Set<Role> roles = EnumSet.noneOf(Role.class);
        ctx.routeRoles().stream()
                .filter(Role.class::isInstance)
                .map(Role.class::cast)
                .forEach(roles::add);
        final Proposal proposal =
                proposals.add(
                        new Proposal(
                                write.command().request(),
                                Access.caller(ctx),
                                ctx.method().name(),
                                ctx.path(),
                                roles,
                                write,
                                tag,
                                proposals.expiry()));
        ctx.status(202)
                .header("Location", "/v1/proposals/" + proposal.id())
                .json(ProposalsApi.ProposalJson.of(proposal));
    }

    private Done execute(final Context ctx, final Write write)
            throws IOException, InterruptedException {
        final UUID request = write.command().request();
        retries.begin(request, ctx.body());
        try {
            final long sequence = send(write.command());
            Audit.sequence(ctx, sequence);
            if (write.resource() != null) {
                final Object changed = view.read(write.resource()::read);
                Audit.after(ctx, changed);
                Versions.tell(ctx, changed);
            }
            return new Done(request.toString(), sequence);
        } finally {
            retries.end(request);
        }
    }

    /** For writes that are not admin commands: notices a key that is used for something else. */
    void begin(final Context ctx, final UUID request) {
        retries.begin(request, ctx.body());
    }

    void end(final UUID request) {
        retries.end(request);
    }

    /** What would become of tickets. */
    List<Optional<Order>> tryOut(final DryRun.Entry entry)
            throws IOException, InterruptedException {
        return dryRun.place(entry);
    }

    /** Does what a second person has agreed to, unless what it changes has changed since. */
    void approve(final Context ctx, final Proposal proposal)
            throws IOException, InterruptedException {
        final Write write = proposal.write();
        configuration.lockInterruptibly();
        try {
            final Object current =
                    write.resource() == null ? null : view.read(write.resource()::read);
            if (write.resource() != null
                    && !Objects.equals(proposal.tag(), Versions.tag(current))) {
                throw ApiProblem.of(
                        ProblemCode.PRECONDITION_FAILED, "it has changed since the proposal");
            }
            Audit.before(ctx, current);
            ctx.status(201).json(execute(ctx, write));
        } finally {
            configuration.unlock();
        }
    }

    private long send(final AdminCommand command) throws IOException, InterruptedException {
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

    static ApiProblem refusal(final int code) {
        final RejectCode known = RejectCode.of(code);
        return known == null
                ? ApiProblem.refused("CODE_" + code, "the engine's code " + code)
                : ApiProblem.refused(known.name(), known.meaning);
    }
}
