package io.spindle.mgmt.api;

import io.javalin.http.Context;
import io.spindle.mgmt.api.Proposals.Proposal;
import io.spindle.mgmt.control.AdminCommand;
import io.spindle.mgmt.control.ControlPort;
import io.spindle.mgmt.control.TicketDesk;
import io.spindle.mgmt.model.Order;
import io.spindle.mgmt.security.Principal;
import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.view.View;

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
import java.util.function.Function;

/**
 * Turns requests into commands. The answer comes when the command is in the log and this process's
 * replica has applied it, so that a caller can read what it wrote; if the replica lags for long, it
 * comes without saying what the configuration is now, and until the replica knows all of the log,
 * nothing is judged by what the configuration was.
 *
 * <p>In this order: is it the caller's to do, was it done before, have they seen what they change,
 * is it only a dryRun, does a second person have to agree; then it is sent.
 */
final class Writes {
    /** How long the audit of a stop, which is done, waits for the replica. */
    private static final long STOP_MS = 50;

    static final String KEY = "Idempotency-Key";
    private static final int MAX_KEY_LENGTH = 255;

    private final ControlPort control;
    private final View view;
    private final Present present;
    private final DryRun dryRun;
    private final BooleanSupplier secondPerson;
    private final Proposals proposals;
    private final Retries retries;

    /** Held from the look at a configuration to the change of it. */
    private final ReentrantLock configuration = new ReentrantLock();

    Writes(
            final ControlPort control,
            final View view,
            final Present present,
            final DryRun dryRun,
            final BooleanSupplier secondPerson,
            final Proposals proposals,
            final Retries retries) {
        this.control = control;
        this.view = view;
        this.present = present;
        this.dryRun = dryRun;
        this.secondPerson = secondPerson;
        this.proposals = proposals;
        this.retries = retries;
    }

    /**
     * The id under which the engine will know the request. The same caller, path and {@code
     * Idempotency-Key} give the same id, which is taken once.
     */
    UUID requestId(final Context ctx) {
        final String key = ctx.header(KEY);
        if (key == null) {
            return UUID.randomUUID();
        }
        if (key.isBlank() || key.length() > MAX_KEY_LENGTH) {
            throw ApiProblem.field(KEY, "must be 1 to " + MAX_KEY_LENGTH + " characters");
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

    /** Does it, tries it or puts it before a second person, and says so; a repeat does nothing. */
    void answer(final Context ctx, final Write write) throws IOException, InterruptedException {
        answer(ctx, write, true);
    }

    /** The same of what stops trading: nothing is looked at, nor waited for, before it is sent. */
    void stop(final Context ctx, final Write write) throws IOException, InterruptedException {
        answer(ctx, write, false);
    }

    private void answer(final Context ctx, final Write write, final boolean looks)
            throws IOException, InterruptedException {
        require(Access.caller(ctx), write.firm());
        if (ctx.queryParam("asAt") != null) {
            throw ApiProblem.field("asAt", "the past cannot be changed");
        }
        final UUID request = write.command().request();
        final boolean isTrial = Parameters.flag(ctx, "validate");
        final Attempt attempt = isTrial ? Attempt.withoutKey(request) : begin(ctx, request);
        try {
            if (attempt.answer() == null) {
                answer(ctx, write, looks, attempt);
            } else {
                attempt.answer().send(ctx);
            }
        } finally {
            retries.end(attempt);
        }
    }

    private void answer(
            final Context ctx, final Write write, final boolean looks, final Attempt attempt)
            throws IOException, InterruptedException {
        if (!write.depends()) {
            decide(ctx, write, looks ? current(write) : null, attempt);
            return;
        }
        if (!attempt.underWay()) {
            present.await();
        }
        configuration.lockInterruptibly();
        try {
            if (!attempt.underWay()) {
                present.require();
            }
            final Object current = current(write);
            if (!attempt.underWay()) {
                requireExpected(write);
                if (write.resource() != null) {
                    Versions.require(ctx, current);
                }
            }
            decide(ctx, write, current, attempt);
        } finally {
            configuration.unlock();
        }
    }

    /** Gives a repeat its answer before anybody looks for what may be gone; false if it is none. */
    boolean repeats(final Context ctx) {
        if (ctx.header(KEY) == null || Parameters.flag(ctx, "validate")) {
            return false;
        }
        final Optional<KeptAnswer> kept =
                retries.answer(Access.caller(ctx).name(), requestId(ctx), ctx.body());
        kept.ifPresent(
                answer -> {
                    require(Access.caller(ctx), answer.firm());
                    answer.send(ctx);
                });
        return kept.isPresent();
    }

    /** What it changes, as it is now. */
    private Object current(final Write write) {
        return write.audited() == null ? null : view.read(write.audited()::read);
    }

    private void requireExpected(final Write write) {
        if (write.expected() != null && !view.read(write.expected()::holds)) {
            throw write.expected().mismatch();
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

    private void decide(
            final Context ctx, final Write write, final Object current, final Attempt attempt)
            throws IOException, InterruptedException {
        final boolean waits = write.risky() && secondPerson.getAsBoolean();
        if (waits && (write.reason() == null || write.reason().isBlank())) {
            throw ApiProblem.field("/reason", "a second person has to agree: say why");
        }
        if (Parameters.flag(ctx, "validate")) {
            ctx.json(dryRun.run(write, current, waits));
            return;
        }
        Audit.before(ctx, current);
        final KeptAnswer answer =
                waits && !attempt.underWay()
                        ? propose(ctx, write, Versions.tag(current))
                        : execute(ctx, write, attempt);
        retries.answered(attempt.answered(answer), !stops(ctx));
        answer.send(ctx);
    }

    private static boolean stops(final Context ctx) {
        return ctx.routeRoles().contains(Route.Mark.STOPS_TRADING);
    }

    private KeptAnswer propose(final Context ctx, final Write write, final String tag)
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
        Audit.proposal(ctx, proposal.id());
        return KeptAnswer.of(202, ProposalsApi.ProposalJson.of(proposal), write.firm())
                .with("Location", "/v1/proposals/" + proposal.id());
    }

    private KeptAnswer execute(final Context ctx, final Write write, final Attempt attempt)
            throws IOException, InterruptedException {
        final long sequence = sendOnce(write, attempt);
        Audit.sequence(ctx, sequence);
        final Done done = new Done(write.command().request().toString(), sequence);
        final KeptAnswer answer = KeptAnswer.of(201, done, write.firm());
        if (write.audited() == null) {
            return answer;
        }
        final Function<View.Reading, Object> question =
                now -> now.sequence() < sequence ? null : write.audited().read(now);
        final Object changed =
                stops(ctx) ? view.tryRead(question, STOP_MS).orElse(null) : view.read(question);
        Audit.after(ctx, changed);
        return write.resource() == null || changed == null
                ? answer
                : answer.with("ETag", Versions.tag(changed));
    }

    /**
     * What it depends on is another thing once it is done, so that a repeat has to know that it was
     * sent: then the engine, which takes an id once, is the one to ask. What depends on nothing is
     * sent at once; if nobody knows what became of it, its key is not free for another body.
     */
    private long sendOnce(final Write write, final Attempt attempt)
            throws IOException, InterruptedException {
        if (write.depends()) {
            retries.sending(attempt.sending());
        }
        try {
            return send(write.command());
        } catch (final ApiProblem refusal) {
            if (refusal.kind() == ProblemCode.NO_ANSWER) {
                retries.answered(attempt.sending(), false);
            } else if (write.depends() || attempt.underWay()) {
                retries.answered(attempt.refused(), write.depends());
            }
            throw refusal;
        }
    }

    /** For writes that are not admin commands: what has become of them before. */
    Attempt begin(final Context ctx, final UUID request) {
        return ctx.header(KEY) == null
                ? Attempt.withoutKey(request)
                : retries.begin(Access.caller(ctx).name(), request, ctx.body());
    }

    /** Nothing is sent if it cannot be written down. */
    void sending(final Attempt attempt, final TicketDesk.Sent ticket) {
        retries.sending(attempt.sending(ticket));
    }

    void end(final Attempt attempt) {
        retries.end(attempt);
    }

    /** What would become of tickets. */
    List<Optional<Order>> tryOut(final DryRun.Entry entry)
            throws IOException, InterruptedException {
        return dryRun.place(entry);
    }

    /**
     * Does what a second person has agreed to, unless what it changes has changed since. The
     * proposal is used up by it, but not if what is there is not known.
     */
    void approve(final Context ctx, final Proposal proposal)
            throws IOException, InterruptedException {
        final Write write = proposal.write();
        if (write.depends()) {
            present.await();
        }
        configuration.lockInterruptibly();
        try {
            if (write.depends()) {
                present.require();
            }
            if (!proposals.remove(proposal)) {
                throw ProposalsApi.none(proposal.id().toString());
            }
            final Object current = current(write);
            requireExpected(write);
            if (write.resource() != null
                    && !Objects.equals(proposal.tag(), Versions.tag(current))) {
                throw ApiProblem.of(
                        ProblemCode.PRECONDITION_FAILED, "it has changed since the proposal");
            }
            final long before = view.sequence();
            try {
                final Attempt attempt = Attempt.withoutKey(write.command().request());
                Audit.before(ctx, current);
                execute(ctx, write, attempt).send(ctx);
            } catch (final ApiProblem problem) {
                throw problem.kind() == ProblemCode.NO_ANSWER
                        ? ProposalsApi.outcomeUnknown(proposal, before)
                        : problem;
            }
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
                                                "repeat it with the same " + KEY));
        if (!answer.isDone()) {
            throw ApiProblem.ofEngine(answer.code());
        }
        present.awaitDone(answer.sequence());
        return answer.sequence();
    }
}
