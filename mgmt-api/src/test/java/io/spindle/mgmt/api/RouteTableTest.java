package io.spindle.mgmt.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;

import io.spindle.mgmt.security.ApiKeys;
import io.spindle.mgmt.security.Principal;
import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.testing.Call;
import io.spindle.mgmt.testing.Market;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Every route against every role, and the document against every route. */
@Timeout(120)
class RouteTableTest {
    private static final Set<String> OPEN =
            Set.of(
                    "/livez",
                    "/readyz",
                    "/",
                    "/console.js",
                    "/console-api.js",
                    "/console-day.js",
                    "/console-system.js",
                    "/icon.svg",
                    "/console.css",
                    "/reference",
                    "/reference/reference.js",
                    "/reference/swagger-ui.css",
                    "/reference/swagger-ui-bundle.js");

    private final Market market = new Market();
    private final Api api = new Api(market.context());
    private final List<Route> routes = api.routes();
    private ApiServer server;

    @BeforeEach
    void start() {
        final ApiKeys keys = new ApiKeys();
        for (final Role role : Role.readers()) {
            keys.add(role.name(), new Principal(role.name(), Set.of(role), Set.of()));
        }
        server = ApiServer.start(ApiEndpoint.plain("127.0.0.1", 0), keys, api);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void shouldLeaveNothingOpenButHealthAndTheConsole() {
        for (final Route route : routes) {
            final int status = call(route, new Call(server.port()));
            assertEquals(OPEN.contains(route.path()) ? 200 : 401, status, route.path());
        }
    }

    @Test
    void shouldLetARoleUseARouteExactlyIfTheRouteNamesIt() {
        for (final Route route : routes) {
            for (final Role role : Role.readers()) {
                final int status = call(route, new Call(server.port()).as(role.name()));
                final boolean allowed = route.roles().contains(role) || route.isOpen();
                assertEquals(allowed, status != 403, role + " " + route.path() + " " + status);
                assertFalse(status >= 500, route.path() + " gave " + status);
            }
        }
    }

    @Test
    void shouldDescribeEveryRouteAndNoOther() throws IOException {
        final Set<String> described = new TreeSet<>();
        document()
                .at("/paths")
                .properties()
                .forEach(
                        path ->
                                path.getValue()
                                        .fieldNames()
                                        .forEachRemaining(
                                                method ->
                                                        described.add(
                                                                method.toUpperCase(Locale.ROOT)
                                                                        + " "
                                                                        + path.getKey())));
        final Set<String> served = new TreeSet<>();
        final Set<String> files = new TreeSet<>();
        ConsoleApi.routes().forEach(file -> files.add(file.path()));
        ReferenceApi.routes().forEach(file -> files.add(file.path()));
        routes.stream()
                .filter(route -> !files.contains(route.path()))
                .forEach(route -> served.add(route.method().name() + " " + route.path()));
        assertEquals(served, described);
    }

    @Test
    void shouldNameEachOperationOnceAndResolveEveryReference() throws IOException {
        final JsonNode document = document();
        final List<String> ids = document.findValuesAsText("operationId");
        assertEquals(ids.size(), new TreeSet<>(ids).size(), ids.toString());
        for (final String reference : document.findValuesAsText("$ref")) {
            assertFalse(document.at(reference.substring(1)).isMissingNode(), reference);
        }
    }

    /** What is a method and not a field is in no body, and nobody has to send it. */
    @Test
    void shouldDescribeTheFieldsOfEachRecordAndNoOther() throws Exception {
        final Map<String, Set<Set<String>>> fields = new HashMap<>();
        for (final Class<?> record : records()) {
            fields.computeIfAbsent(record.getSimpleName(), name -> new HashSet<>())
                    .add(fields(record));
        }
        document()
                .at("/components/schemas")
                .properties()
                .forEach(
                        schema -> {
                            final Set<String> described = new TreeSet<>();
                            schema.getValue()
                                    .path("properties")
                                    .fieldNames()
                                    .forEachRemaining(described::add);
                            final var known = fields.getOrDefault(schema.getKey(), Set.of());
                            assertTrue(
                                    schema.getValue().has("enum") || known.contains(described),
                                    schema.getKey() + described + " is " + known);
                        });
    }

    private static List<Class<?>> records() throws Exception {
        final Path classes =
                Path.of(Api.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        final List<Class<?>> records = new ArrayList<>();
        try (Stream<Path> files = Files.walk(classes)) {
            for (final Path file : files.filter(it -> it.toString().endsWith(".class")).toList()) {
                final String path = classes.relativize(file).toString().replace('/', '.');
                if (!path.endsWith("-info.class")) {
                    final String name = path.substring(0, path.length() - ".class".length());
                    final Class<?> found = Class.forName(name, false, Api.class.getClassLoader());
                    if (found.isRecord()) {
                        records.add(found);
                    }
                }
            }
        }
        return records;
    }

    private static Set<String> fields(final Class<?> record) {
        final Set<String> names = new TreeSet<>();
        for (final RecordComponent field : record.getRecordComponents()) {
            if (field.getAccessor().isAnnotationPresent(JsonUnwrapped.class)) {
                names.addAll(fields(field.getType()));
            } else {
                names.add(field.getName());
            }
        }
        return names;
    }

    @Test
    void shouldDescribeItselfInValidOpenApi() {
        final ParseOptions options = new ParseOptions();
        options.setResolve(true);
        final SwaggerParseResult result =
                new OpenAPIV3Parser().readContents(Description.of(routes), null, options);
        assertEquals(List.of(), result.getMessages());
        assertEquals("3.0.3", result.getOpenAPI().getOpenapi());
    }

    @Test
    void shouldSayOfEachOperationWhoMayUseItAndWhatItMayAnswer() throws IOException {
        for (final Route route : routes) {
            final JsonNode operation =
                    document()
                            .path("paths")
                            .path(route.path())
                            .path(route.method().name().toLowerCase(Locale.ROOT));
            if (!operation.isMissingNode() && !route.isOpen()) {
                final int roles = Role.readers().stream().mapToInt(it -> count(route, it)).sum();
                assertEquals(roles, operation.path("x-roles").size(), route.path());
                for (final String status : List.of("401", "403", "429", "500")) {
                    assertTrue(operation.path("responses").has(status), route.path() + status);
                }
            }
        }
    }

    /** A misspelt {@code validate} would otherwise do what was only to be tried. */
    @Test
    void shouldRefuseParametersThatARouteDoesNotKnow() throws IOException {
        final Call admin = new Call(server.port()).as(Role.ADMIN.name());
        for (final Route route : routes) {
            if (!document().path("paths").has(route.path()) || route.isOpen()) {
                continue;
            }
            final String path = route.path().replaceAll("\\{[^}]*}", "SPDL") + "?valdate=true";
            final String body = route.isWrite() ? "{}" : null;
            final Call.Reply reply = admin.send(route.method().name(), path, body);
            assertEquals(422, reply.status(), path);
            assertEquals("valdate", reply.text("/errors/0/pointer"), path);
        }
    }

    private static int count(final Route route, final Role role) {
        return route.roles().contains(role) ? 1 : 0;
    }

    private JsonNode document() throws IOException {
        return Json.MAPPER.readTree(Description.of(routes));
    }

    private static int call(final Route route, final Call as) {
        final String path = route.path().replaceAll("\\{[^}]*}", "SPDL");
        final boolean withBody = Set.of("POST", "PUT", "PATCH").contains(route.method().name());
        return as.send(route.method().name(), path, withBody ? "{}" : null).status();
    }
}
