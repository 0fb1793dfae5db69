package io.spindle.mgmt.api;

import io.javalin.http.Context;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a write was answered, as it is given to its repeats, too.
 *
 * @param body JSON
 * @param firm whose it is; null = the whole market's
 */
record KeptAnswer(int status, String body, Map<String, String> headers, String firm) {
    static KeptAnswer of(final int status, final Object body, final String firm) {
        return new KeptAnswer(status, Json.write(body), Map.of(), firm);
    }

    KeptAnswer with(final String header, final String value) {
        final Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new KeptAnswer(status, body, more, firm);
    }

    void send(final Context ctx) {
        headers.forEach((name, value) -> ctx.header(name, value));
        ctx.status(status);
        ctx.result(body).contentType("application/json");
    }
}
