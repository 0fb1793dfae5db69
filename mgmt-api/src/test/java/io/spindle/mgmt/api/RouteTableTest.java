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
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Every route against every role, and the document against every route. */
@Timeout(120)
class RouteTableTest {
    private static final String TABLE = "routes.txt";

    private final Market market = new Market();
    private final Api api = new Api(market.context());
    private final List<Route> routes = api.routes();
    private ApiServer server;

    @BeforeEach
    void start() {
        final ApiKeys keys = new ApiKeys();
        for (final Role role : Role.all()) {
            keys.add(role.name(), new Principal(role.name(), Set.of(role), Set.of()));
        }
        server = ApiServer.start(ApiEndpoint.plain("127.0.0.1", 0), keys, api);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** Who may use what is decided in the table, not by whoever adds a route. */
    @Test
    void shouldServeTheRoutesOfTheTableToTheirRolesAndNoOther() throws IOException {
        final Map<String, Set<Role>> served = new TreeMap<>();
        for (final Route route : routes) {
            served.put(name(route), route.isOpen() ? Set.of(Role.ANYONE) : route.roles());
        }
        assertEquals(table(), served);
    }

    @Test
    void shouldLeaveNothingOpenButWhatTheTableSays() throws IOException {
        final Map<String, Set<Role>> table = table();
        for (final Route route : routes) {
            final int status = call(route, new Call(server.port()));
            final boolean open = table.get(name(route)).contains(Role.ANYONE);
            assertEquals(open ? 200 : 401, status, route.path());
        }
    }

    @Test
    void shouldLetARoleUseARouteExactlyIfTheTableNamesIt() throws IOException {
        final Map<String, Set<Role>> table = table();
        for (final Route route : routes) {
            final Set<Role> allowed = table.get(name(route));
            for (final Role role : Role.all()) {
                final int status = call(route, new Call(server.port()).as(role.name()));
                assertEquals(
                        allowed.contains(role) || allowed.contains(Role.ANYONE),
                        status != 403,
                        role + " " + route.path() + " " + status);
                assertTrue(status < 500, route.path() + " gave " + status);
            }
        }
    }

    /** The checked-in table: a route and its roles a line. */
    private static Map<String, Set<Role>> table() throws IOException {
        final Map<String, Set<Role>> table = new TreeMap<>();
        try (InputStream file = RouteTableTest.class.getResourceAsStream(TABLE)) {
            final String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            for (final String line : text.lines().toList()) {
                final String[] parts = line.split(": ");
                final Set<Role> roles = EnumSet.noneOf(Role.class);
                for (final String role : parts[1].split(" ")) {
                    roles.add(Role.valueOf(role.toUpperCase(Locale.ROOT)));
                }
                table.put(parts[0], roles);
            }
        }
        return table;
    }

    private static String name(final Route route) {
        return route.method().name() + " " + route.path();
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
                .forEach(route -> served.add(name(route)));
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
                final int roles = Role.all().stream().mapToInt(it -> count(route, it)).sum();
                assertEquals(roles, operation.path("x-roles").size(), route.path());
                for (final String status : List.of("401", "403", "429", "500")) {
                    assertTrue(operation.path("responses").has(status), route.path() + status);
                }
            }
        }
    }

    /** Whether a caller has to have seen what they change is the route's to say, not its name's. */
    @Test
    void shouldPromiseToAskForAVersionExactlyWhereTheRouteDeclaresIt() throws IOException {
        final Set<String> declared = new TreeSet<>();
        final Set<String> promised = new TreeSet<>();
        final Set<String> asked = new TreeSet<>();
        for (final Route route : routes) {
            final JsonNode operation =
                    document()
                            .path("paths")
                            .path(route.path())
                            .path(route.method().name().toLowerCase(Locale.ROOT));
            if (route.isVersioned()) {
                declared.add(name(route));
            }
            if (operation.path("responses").has("428")) {
                promised.add(name(route));
            }
            if (operation.path("parameters").findValuesAsText("name").contains("If-Match")) {
                asked.add(name(route));
            }
        }
        assertTrue(declared.contains("PUT /v1/limits"), declared.toString());
        assertFalse(declared.contains("POST /v1/instruments/{symbol}/state"));
        assertEquals(declared, promised);
        assertEquals(declared, asked);
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
        final String path =
                route.path().replace("{kind}", "account").replaceAll("\\{[^}]*}", "SPDL");
        final boolean withBody = Set.of("POST", "PUT", "PATCH").contains(route.method().name());
        return as.send(route.method().name(), path, withBody ? "{}" : null).status();
    }
}
