package io.spindle.mgmt.api;

import io.spindle.mgmt.security.TlsIdentity;

import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

import java.util.concurrent.TimeUnit;

/**
 * Where the API is served.
 *
 * @param port 0 for any free one
 * @param tls what to show to TLS clients, or null for plain HTTP
 * @param callsPerSecond of one caller, in the long run
 */
public record ApiEndpoint(String host, int port, TlsIdentity tls, int callsPerSecond) {
    public static final int DEFAULT_CALLS_PER_SECOND = 1_000;

    private static final long STRICT_TRANSPORT_S = TimeUnit.DAYS.toSeconds(365);

    /** Plain HTTP with the usual limits. */
    public static ApiEndpoint plain(final String host, final int port) {
        return new ApiEndpoint(host, port, null, DEFAULT_CALLS_PER_SECOND);
    }

    Connector connector(final Server server, final HttpConfiguration http) {
        final ServerConnector connector =
                tls == null
                        ? new ServerConnector(server, new HttpConnectionFactory(http))
                        : secure(server, http);
        connector.setHost(host);
        connector.setPort(port);
        return connector;
    }

    private ServerConnector secure(final Server server, final HttpConfiguration http) {
        final SslContextFactory.Server context = new SslContextFactory.Server();
        context.setKeyStore(tls.store());
        context.setKeyStorePassword("");
        context.setIncludeProtocols("TLSv1.3");
        if (tls.clients() != null) {
            context.setTrustStore(tls.clients());
            context.setNeedClientAuth(true);
        }
        final HttpConfiguration secure = new HttpConfiguration(http);
        final SecureRequestCustomizer customizer = new SecureRequestCustomizer(false);
        customizer.setStsMaxAge(STRICT_TRANSPORT_S, TimeUnit.SECONDS);
        secure.addCustomizer(customizer);
        return new ServerConnector(
                server,
                new SslConnectionFactory(context, HttpVersion.HTTP_1_1.asString()),
                new HttpConnectionFactory(secure));
    }
}
