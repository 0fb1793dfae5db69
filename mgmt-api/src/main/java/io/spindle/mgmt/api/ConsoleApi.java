package io.spindle.mgmt.api;

import java.util.List;

/** The console's own files; what they ask for needs a key. */
final class ConsoleApi {
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
                    + " img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors"
                    + " 'none'";

    private ConsoleApi() {}

    static List<Route> routes() {
        return List.of(
                file("/", "index.html", "text/html"),
                file("/console.js", "console.js", "text/javascript"),
                file("/console-api.js", "console-api.js", "text/javascript"),
                file("/console-day.js", "console-day.js", "text/javascript"),
                file("/console-system.js", "console-system.js", "text/javascript"),
                file("/icon.svg", "icon.svg", "image/svg+xml"),
                file("/console.css", "console.css", "text/css"));
    }

    private static Route file(final String path, final String name, final String type) {
        return StaticFile.route(path, "/console/" + name, type, POLICY);
    }
}
