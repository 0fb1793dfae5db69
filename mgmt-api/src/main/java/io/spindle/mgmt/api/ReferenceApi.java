package io.spindle.mgmt.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Properties;

/**
 * {@code /reference}: Swagger UI over {@code /openapi.json}, from files of this build only. It uses
 * the key with which the console of the same browser tab has logged in.
 */
final class ReferenceApi {
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src"
                    + " 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none';"
                    + " frame-ancestors 'none'";

    private static final String LIBRARY = "/META-INF/resources/webjars/swagger-ui/" + version();

    private ReferenceApi() {}

    static List<Route> routes() {
        return List.of(
                StaticFile.route("/reference", "/reference/index.html", "text/html", POLICY),
                StaticFile.route(
                        "/reference/reference.js",
                        "/reference/reference.js",
                        "text/javascript",
                        POLICY),
                StaticFile.route(
                        "/reference/swagger-ui.css",
                        LIBRARY + "/swagger-ui.css",
                        "text/css",
                        POLICY),
                StaticFile.route(
                        "/reference/swagger-ui-bundle.js",
                        LIBRARY + "/swagger-ui-bundle.js",
                        "text/javascript",
                        POLICY));
    }

    /** The one in this build: part of the path of its files. */
    private static String version() {
        final String pom = "/META-INF/maven/org.webjars/swagger-ui/pom.properties";
        try (InputStream stream = ReferenceApi.class.getResourceAsStream(pom)) {
            final Properties properties = new Properties();
            properties.load(stream);
            return properties.getProperty("version");
        } catch (final IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
