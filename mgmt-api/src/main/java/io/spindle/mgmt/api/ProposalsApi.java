package io.spindle.mgmt.api;

import io.javalin.http.Context;
import io.javalin.openapi.HttpMethod;
import io.javalin.openapi.OpenApi;
import io.javalin.openapi.OpenApiContent;
import io.javalin.openapi.OpenApiParam;
import io.javalin.openapi.OpenApiRequestBody;
import io.javalin.openapi.OpenApiResponse;
import io.spindle.mgmt.api.Proposals.Proposal;
import io.spindle.mgmt.security.Principal;
import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.view.CommandNames;

import java.io.IOException;
import java.util.List;
import java.util.UUID;

/** Writes that wait for a second person, and that person's decision. */
final class ProposalsApi {
    private final Proposals proposals;
    private final Writes writes;

    ProposalsApi(final Proposals proposals, final Writes writes) {
        this.proposals = proposals;
        this.writes = writes;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/v1/proposals", this::list, Role.readers()),
                Route.get("/v1/proposals/{id}", this::one, Role.readers()),
                Route.post("/v1/proposals/{id}", this::decide, Role.readers()).once());
    }

    /**
     * A write that waits.
     *
     * @param id of the request, as the engine will know it
     * @param expires ISO-8601
     */
    public record ProposalJson(
            String id,
            String maker,
            String method,
            String path,
            String command,
            String reason,
            String expires) {
        static ProposalJson of(final Proposal proposal) {
            return new ProposalJson(
                    proposal.id().toString(),
                    proposal.maker().name(),
                    proposal.method(),
                    proposal.path(),
                    CommandNames.of(proposal.write().command().templateId()),
                    proposal.write().reason(),
                    proposal.expires().toString());
        }
    }

    /** All that wait. */
    public record ProposalsJson(List<ProposalJson> items) {}

    @OpenApi(
            path = "/v1/proposals",
            methods = HttpMethod.GET,
            operationId = "listProposals",
            summary = "Writes that wait for a second person",
            tags = "controls",
            responses =
                    @OpenApiResponse(
                            status = "200",
                            content = @OpenApiContent(from = ProposalsJson.class)))
    private void list(final Context ctx) {
        final Principal caller = Access.caller(ctx);
        ctx.json(
                new ProposalsJson(
                        proposals.list().stream()
                                .filter(proposal -> proposal.concerns(caller))
                                .map(ProposalJson::of)
                                .toList()));
    }

    @OpenApi(
            path = "/v1/proposals/{id}",
            methods = HttpMethod.GET,
            operationId = "getProposal",
            summary = "One write that waits",
            tags = "controls",
            pathParams = @OpenApiParam(name = "id", required = true),
            responses = {
                @OpenApiResponse(
                        status = "200",
                        content = @OpenApiContent(from = ProposalJson.class)),
                @OpenApiResponse(status = "404", content = @OpenApiContent(from = Problem.class))
            })
    private void one(final Context ctx) {
        ctx.json(ProposalJson.of(find(ctx)));
    }

    private Proposal find(final Context ctx) {
        final String id = ctx.pathParam("id");
        try {
            return proposals
                    .find(UUID.fromString(id))
                    .filter(proposal -> proposal.concerns(Access.caller(ctx)))
                    .orElseThrow(() -> none(id));
        } catch (final IllegalArgumentException noId) {
            throw none(id);
        }
    }

    static ApiProblem none(final String id) {
        return ApiProblem.of(ProblemCode.NOT_FOUND, "no proposal " + id + " waits");
    }

    /**
     * The proposal is used up, so that there is nothing to repeat; to propose the same anew may do
     * it twice.
     *
     * @param before sequence behind which the command may be in the log
     */
    static ApiProblem outcomeUnknown(final Proposal proposal, final long before) {
        return ApiProblem.of(
                ProblemCode.NO_ANSWER,
                "the approval was accepted; whether its command takes effect is not known yet, and"
                        + " it cannot be approved again. Before it is proposed anew, look for the"
                        + " engine's answer to "
                        + proposal.id()
                        + " in /v1/events?for=requests&from="
                        + before
                        + ", or at what it changes");
    }

    /**
     * The second person's decision.
     *
     * @param decision approve or reject
     */
    public record VerdictJson(String decision, String reason) {}

    @OpenApi(
            path = "/v1/proposals/{id}",
            methods = HttpMethod.POST,
            operationId = "decideProposal",
            summary = "Approves or rejects; the maker may withdraw, never approve",
            tags = "controls",
            pathParams = @OpenApiParam(name = "id", required = true),
            requestBody = @OpenApiRequestBody(content = @OpenApiContent(from = VerdictJson.class)),
            responses = {
                @OpenApiResponse(status = "201", content = @OpenApiContent(from = Done.class)),
                @OpenApiResponse(status = "204", description = "Rejected: nothing happens"),
                @OpenApiResponse(status = "403", content = @OpenApiContent(from = Problem.class)),
                @OpenApiResponse(status = "404", content = @OpenApiContent(from = Problem.class)),
                @OpenApiResponse(status = "412", content = @OpenApiContent(from = Problem.class)),
                @OpenApiResponse(status = "422", content = @OpenApiContent(from = Problem.class)),
                @OpenApiResponse(
                        status = "503",
                        description = "What is there is not known yet: the proposal still waits",
                        content = @OpenApiContent(from = Problem.class)),
                @OpenApiResponse(
                        status = "504",
                        description =
                                "Approved, outcome unknown: the detail says where to look for it",
                        content = @OpenApiContent(from = Problem.class))
            })
    private void decide(final Context ctx) throws IOException, InterruptedException {
        final VerdictJson body = Json.body(ctx, VerdictJson.class);
        final Fields fields = new Fields();
        final boolean approved =
                fields.choice("/decision", body.decision, List.of("reject", "approve")) == 1;
        fields.reason(body.reason);
        fields.check();
        final Proposal proposal = find(ctx);
        Audit.proposal(ctx, proposal.id());
        final Principal caller = Access.caller(ctx);
        final boolean maker = caller.name().equals(proposal.maker().name());
        if (!caller.mayUse(proposal.roles())) {
            throw ApiProblem.forbidden(Access.names(proposal.roles()));
        }
        if (approved && maker) {
            throw ApiProblem.of(ProblemCode.SECOND_PERSON, "a second person has to approve it");
        }
        if (approved) {
            writes.approve(ctx, proposal);
        } else if (proposals.remove(proposal)) {
            ctx.status(204);
        } else {
            throw none(proposal.id().toString());
        }
    }
}
