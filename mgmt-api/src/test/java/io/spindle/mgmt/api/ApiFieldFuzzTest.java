package io.spindle.mgmt.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;

import io.spindle.mgmt.api.ApiDocument.Operation;
import io.spindle.mgmt.security.Authenticator;
import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.testing.ApiOnMarket;
import io.spindle.mgmt.testing.Call;
import io.spindle.mgmt.testing.Call.Reply;
import io.spindle.oms.RejectCode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * One thing wrong at a time: every declared parameter and every field of every body, each with
 * every kind of value that it should not have, in a call that makes sense otherwise. Whatever is
 * refused is refused with a documented problem, and has changed nothing.
 */
@Timeout(600)
class ApiFieldFuzzTest {
    /** In the place of a field, as JSON. */
    private static final List<String> VALUES =
            List.of(
                    "null",
                    "true",
                    "0",
                    "-1",
                    "1.5",
                    "9223372036854775808",
                    "1e400",
                    "\"\"",
                    "\"-1\"",
                    "\"99999999999999999999999999\"",
                    "\"a\\u0000b\"",
                    "\"ÄÖÜ€𝄞\"",
                    Json.write("x".repeat(5_000)),
                    "[]",
                    "[null]",
                    "{}",
                    "{\"a\":{\"b\":[[\"c\"]]}}");

    /** In the place of a whole body. */
    private static final List<String> BODIES =
            List.of("", "null", "[]", "[{}]", "0", "\"text\"", "{", "\u0000", "{}x", "HEADER,a\n");

    private static final List<String> TEXTS =
            List.of(
                    "",
                    " ",
                    "-1",
                    "1.5",
                    "NaN",
                    "9223372036854775808",
                    "true",
                    "null",
                    "[]",
                    "{}",
                    "a\u0000b",
                    "ÄÖÜ€𝄞",
                    "x".repeat(1_500));

    private static final List<String> HEADERS = List.of("*", "\"", "W/\"1\"", "x".repeat(300));

    private static final List<String> TYPES =
            List.of(
                    "text/html",
                    "application/x-www-form-urlencoded",
                    "nonsense",
                    "application/json; charset=utf-16",
                    "text/csv;charset");

    private final List<String> wrong = new ArrayList<>();
    private int calls;

    @Test
    void shouldRefuseOneWrongThingWithADocumentedProblemAndChangeNothing() {
        final ApiDocument document;
        try (ApiOnMarket api = open()) {
            document = ApiDocument.of(api);
            document.all().stream().filter(Operation::isRead).forEach(it -> fuzz(api, it));
        }
        document.all().stream().filter(it -> !it.isRead()).forEach(this::fuzzOnItsOwn);
        assertEquals(List.of(), wrong);
        assertTrue(calls > 3_000, "calls: " + calls);
    }

    /** What earlier writes have left is not in the way of the next operation's. */
    private void fuzzOnItsOwn(final Operation write) {
        try (ApiOnMarket api = open()) {
            fuzz(api, write);
        }
    }

    private static ApiOnMarket open() {
        final ApiOnMarket api =
                new ApiOnMarket(
                        new ApiEndpoint("127.0.0.1", 0, null, 1_000_000), Authenticator.NOBODY);
        api.market.enter(0, 'B', "SPDL", 100, 10_0000);
        return api;
    }

    private void fuzz(final ApiOnMarket api, final Operation operation) {
        final Watch watch = new Watch(api, operation);
        for (final String name : operation.parameters("path")) {
            final String place = "{" + name + "}";
            for (final String text : TEXTS) {
                final String path = operation.path().replace(place, encode(text));
                watch.send(ApiDocument.filled(path), null, operation.example(), true);
            }
        }
        final String path = operation.examplePath();
        for (final String name : operation.parameters("query")) {
            for (final String text : TEXTS) {
                watch.send(path + "?" + name + "=" + encode(text), null, operation.example());
            }
        }
        for (final String name : operation.parameters("header")) {
            for (final String text : HEADERS) {
                watch.send(path, Map.entry(name, text), operation.example());
            }
        }
        if (operation.hasBody()) {
            bodies(operation, body -> watch.send(path, null, body));
            for (final String type : TYPES) {
                watch.sendAs(path, type, operation.example());
            }
        }
    }

    private static void bodies(final Operation operation, final Consumer<String> bodies) {
        BODIES.forEach(bodies);
        final String text = operation.example();
        bodies.accept(text.substring(0, text.length() / 2));
        bodies.accept(text.substring(0, Math.max(0, text.length() - 1)));
        if (operation.exampleBody() instanceof final ObjectNode whole) {
            names(whole)
                    .forEach(
                            name -> {
                                final String twice = "{" + Json.write(name) + ":null,";
                                bodies.accept(twice + text.substring(1));
                            });
            bodies.accept("{\"unknown\":1," + text.substring(1));
            mutate(whole, whole, bodies);
        }
    }

    private static List<String> names(final ObjectNode object) {
        final List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** The whole with each value in the place of each field of a part, and without the field. */
    private static void mutate(
            final JsonNode whole, final JsonNode part, final Consumer<String> bodies) {
        if (part instanceof final ObjectNode object) {
            for (final String name : names(object)) {
                final JsonNode kept = object.get(name);
                for (final String value : VALUES) {
                    object.putRawValue(name, new RawValue(value));
                    bodies.accept(Json.write(whole));
                }
                object.remove(name);
                bodies.accept(Json.write(whole));
                object.set(name, kept);
                mutate(whole, kept, bodies);
            }
        } else {
            part.forEach(element -> mutate(whole, element, bodies));
        }
    }

    private static String encode(final String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Sends calls to an operation and looks whether those refused have left everything alone. */
    private final class Watch {
        private final ApiOnMarket api;
        private final Operation operation;
        private long sequence;
        private String shown;

        Watch(final ApiOnMarket api, final Operation operation) {
            this.api = api;
            this.operation = operation;
            look();
        }

        private void look() {
            sequence = api.market.log.lastSequence();
            shown = shown();
        }

        /** What it would change, without what only tells the time. */
        private String shown() {
            final Call admin = api.as(Role.ADMIN);
            return Stream.of(operation.collection(), "/v1/orders?onlyActive=true", "/v1/proposals")
                    .map(path -> admin.get(path).body())
                    .map(text -> text.replaceAll("\"(sequence|time|tokens)\":[^,}]*", ""))
                    .toList()
                    .toString();
        }

        void send(final String target, final Map.Entry<String, String> header, final String body) {
            send(target, header, body, false);
        }

        /** A body of a type that it does not take is not looked at. */
        void sendAs(final String target, final String type, final String body) {
            final Reply reply = send(target, Map.entry("Content-Type", type), body, false);
            if (reply.status() != ProblemCode.UNSUPPORTED_TYPE.status
                    && reply.status() != ProblemCode.TOO_MANY.status) {
                fault(operation.method() + " " + target + " as " + type, reply, "is not 415");
            }
        }

        /**
         * @param elsewhere whether the path may be another route's, or none's
         */
        Reply send(
                final String target,
                final Map.Entry<String, String> header,
                final String body,
                final boolean elsewhere) {
            calls++;
            final Reply reply = answer(target, header, operation.hasBody() ? body : null);
            final String call = operation.method() + " " + target + " " + header + " " + body;
            final boolean isRouting = List.of(400, 404, 405).contains(reply.status());
            if (!operation.promises(reply.status()) && !(elsewhere && isRouting)
                    || reply.status() == ProblemCode.INTERNAL.status) {
                fault(call, reply, "is not documented");
            } else if (reply.status() >= 400 && !(elsewhere && isJettys(reply))) {
                problem(call, reply);
            }
            if (!operation.isRead()) {
                compare(call, reply);
            }
            return reply;
        }

        /** A command has its effects through the log; what the engine refuses is in it, too. */
        private void compare(final String call, final Reply reply) {
            final boolean isMoved = api.market.log.lastSequence() != sequence;
            final boolean isRefused = reply.status() >= 400;
            if (isRefused && isMoved && !isRefusedByTheEngine(reply)) {
                fault(call, reply, "has sent a command");
            } else if (isRefused && (isMoved || !operation.isCommand()) && !shown().equals(shown)) {
                fault(call, reply, "has changed something");
            }
            if (isMoved || !isRefused) {
                look();
            }
        }

        /** Who is out of calls gives way to the next one: what stops trading has few. */
        private Reply answer(
                final String target, final Map.Entry<String, String> header, final String body) {
            Reply reply = null;
            for (final Role role : List.of(Role.ADMIN, Role.RISK, Role.OPERATOR)) {
                final Call plain = api.as(role);
                final Call call =
                        header == null ? plain : plain.with(header.getKey(), header.getValue());
                reply = once(call, target, body);
                if (reply.status() != ProblemCode.TOO_MANY.status) {
                    break;
                }
            }
            return reply;
        }

        /** Jetty ends a connection after a bad URI, and the client may not have noticed yet. */
        private Reply once(final Call call, final String target, final String body) {
            try {
                return call.send(operation.method(), target, body);
            } catch (final AssertionError ended) {
                return call.send(operation.method(), target, body);
            }
        }

        private void problem(final String call, final Reply reply) {
            final boolean isProblem =
                    reply.contentType().startsWith(Problem.CONTENT_TYPE)
                            && reply.json().path("status").asInt() == reply.status()
                            && reply.text("/type").startsWith("urn:spindle:problem:")
                            && isKnown(reply.text("/code"), reply.status());
            if (!isProblem) {
                fault(call, reply, "is no documented problem");
            }
        }

        private void fault(final String call, final Reply reply, final String what) {
            wrong.add(
                    shortened(call)
                            + " gave "
                            + reply.status()
                            + ", which "
                            + what
                            + ": "
                            + shortened(reply.body()));
        }
    }

    private static boolean isJettys(final Reply reply) {
        return reply.status() == 400 && !reply.contentType().startsWith(Problem.CONTENT_TYPE);
    }

    private static boolean isRefusedByTheEngine(final Reply reply) {
        return reply.text("/title").equals(ProblemCode.REFUSED.title)
                || reply.status() == ProblemCode.PRECONDITION_FAILED.status;
    }

    /** Of the catalogue with its status, or one of the engine's. */
    private static boolean isKnown(final String code, final int status) {
        return Arrays.stream(ProblemCode.values())
                        .anyMatch(it -> it.name().equals(code) && it.status == status)
                || status == ProblemCode.REFUSED.status
                        && Arrays.stream(RejectCode.values())
                                .anyMatch(it -> it.name().equals(code));
    }

    private static String shortened(final String text) {
        return text.length() > 300 ? text.substring(0, 300) + "…" : text;
    }
}
