package io.spindle.mgmt.api;

import io.javalin.http.Context;
import io.spindle.mgmt.security.Role;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Set;

/** A file of ours, the same for everybody: it holds no data, so it is open to anyone. */
final class StaticFile {
    private final byte[] content;
    private final String type;
    private final String policy;

    private StaticFile(final byte[] content, final String type, final String policy) {
        this.content = content;
        this.type = type;
        this.policy = policy;
    }

    /**
     * Serves a resource.
     *
     * @param policy what the page may load and do: Content-Security-Policy
     */
    static Route route(
            final String path, final String resource, final String type, final String policy) {
        final StaticFile file = new StaticFile(read(resource), type, policy);
        return Route.get(path, file::send, Set.of(Role.ANYONE));
    }

    private void send(final Context ctx) {
        ctx.header("Content-Security-Policy", policy)
                .header("X-Content-Type-Options", "nosniff")
                .header("Cache-Control", "no-cache")
                .result(content)
                .contentType(type + "; charset=utf-8");
    }

    private static byte[] read(final String resource) {
        try (InputStream stream = StaticFile.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException(resource + " is not in this build");
            }
            return stream.readAllBytes();
        } catch (final IOException broken) {
            throw new UncheckedIOException(resource, broken);
        }
    }
}
