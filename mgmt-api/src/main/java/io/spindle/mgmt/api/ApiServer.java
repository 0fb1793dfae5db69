package io.spindle.mgmt.api;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpResponseException;
import io.javalin.json.JavalinJackson;
import io.javalin.security.RouteRole;
import io.spindle.mgmt.security.Authenticator;
import io.spindle.mgmt.security.Role;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server: the route table, access checks, and one shape for every error. */
public final class ApiServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);
    private static final long MAX_BODY_BYTES = 4 << 20;

    private final Javalin javalin;

    private ApiServer(final Javalin javalin) {
        this.javalin = javalin;
    }

    /** Starts it. */
    public static ApiServer start(
            final ApiEndpoint endpoint, final Authenticator authenticator, final Api api) {
        final Javalin javalin =
                Javalin.create(
                        config -> {
                            configure(config);
                            config.jetty.addConnector(endpoint::connector);
                            final Access access =
                                    new Access(authenticator, endpoint.callsPerSecond());
                            config.routes.beforeMatched(access);
                            config.routes.wsBeforeUpgrade(access);
                            final KnownParameters known = new KnownParameters(api.routes());
                            config.routes.wsBeforeUpgrade(
                                    known.before(api.stream().beforeUpgrade()));
                            api.routes().forEach(route -> add(config, route, known, api.audit()));
                            config.routes.ws(
                                    StreamApi.PATH,
                                    api.stream()::configure,
                                    Role.readers().toArray(RouteRole[]::new));
                            problems(config, api.audit());
                        });
        return new ApiServer(javalin.start());
    }

    private static void configure(final JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.concurrency.useVirtualThreads = true;
        config.http.maxRequestSize = MAX_BODY_BYTES;
        config.http.prefer405over404 = true;
        config.http.defaultContentType = "application/json";
        config.jsonMapper(new JavalinJackson(Json.MAPPER, true));
        config.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
    }

    private static void add(
            final JavalinConfig config,
            final Route route,
            final KnownParameters known,
            final Audit audit) {
        final Handler handler = known.before(route);
        config.routes.addHttpHandler(
                route.method(),
                route.path(),
                route.isWrite()
                        ? BodyTypes.before(known.operation(route), audit.around(route, handler))
                        : handler,
                route.rolesAndMarks());
    }

    private static void problems(final JavalinConfig config, final Audit audit) {
        config.routes.exception(
                ApiProblem.class,
                (problem, ctx) -> {
                    audit.refused(ctx, problem);
                    answer(ctx, problem);
                });
        config.routes.exception(
                HttpResponseException.class, (refusal, ctx) -> answer(ctx, translate(refusal)));
        config.routes.exception(
                Exception.class,
                (fault, ctx) -> {
                    LOG.error("{} {}", ctx.method(), ctx.path(), fault);
                    answer(ctx, ApiProblem.of(ProblemCode.INTERNAL, "see the log of mgmt"));
                });
    }

    /** What Javalin itself refuses, in our words. */
    private static ApiProblem translate(final HttpResponseException refusal) {
        final ProblemCode code =
                switch (refusal.getStatus()) {
                    case 404 -> ProblemCode.NOT_FOUND;
                    case 405 -> ProblemCode.METHOD_NOT_ALLOWED;
                    case 413 -> ProblemCode.TOO_LARGE;
                    default ->
                            refusal.getStatus() >= 500
                                    ? ProblemCode.INTERNAL
                                    : ProblemCode.BAD_REQUEST;
                };
        final String detail =
                code == ProblemCode.NOT_FOUND
                        ? "no such path; /openapi.json names them"
                        : code.title;
        return ApiProblem.of(code, detail);
    }

    private static void answer(final Context ctx, final ApiProblem problem) {
        if (problem.status() == 401) {
            ctx.header("WWW-Authenticate", "Bearer realm=\"spindle\"");
        }
        ctx.status(problem.status());
        ctx.result(Json.write(problem.at(ctx.path()))).contentType(Problem.CONTENT_TYPE);
    }

    public int port() {
        return javalin.port();
    }

    @Override
    public void close() {
        javalin.stop();
    }
}
