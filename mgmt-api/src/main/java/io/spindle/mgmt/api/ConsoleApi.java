package io.spindle.mgmt.api;

import io.javalin.http.Context;
import io.spindle.mgmt.security.Role;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;

/** The console's own files: open to anyone, they hold no data; what they ask for needs a key. */
final class ConsoleApi {
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
                    + " img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors"
                    + " 'none'";

    List<Route> routes() {
        return List.of(
                file("/", "index.html", "text/html"),
                file("/console.js", "console.js", "text/javascript"),
                file("/console.css", "console.css", "text/css"));
    }

    private static Route file(final String path, final String name, final String type) {
        final byte[] content = read("/console/" + name);
        return Route.get(path, ctx -> send(ctx, content, type), Set.of(Role.ANYONE));
    }

    private static void send(final Context ctx, final byte[] content, final String type) {
        ctx.header("Content-Security-Policy", POLICY)
                .header("X-Content-Type-Options", "nosniff")
                .header("Cache-Control", "no-cache")
                .result(content)
                .contentType(type + "; charset=utf-8");
    }

    private static byte[] read(final String resource) {
        try (InputStream stream = ConsoleApi.class.getResourceAsStream(resource)) {
            return stream.readAllBytes();
        } catch (final IOException broken) {
            throw new UncheckedIOException(resource, broken);
        }
    }
}
