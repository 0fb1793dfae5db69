package io.spindle.mgmt.cli;

import io.spindle.mgmt.api.ApiEndpoint;
import io.spindle.mgmt.security.Authenticator;
import io.spindle.mgmt.security.BearerTokens;
import io.spindle.mgmt.security.OpenIdProvider;
import io.spindle.mgmt.security.PinnedCertificate;
import io.spindle.mgmt.security.TlsIdentity;

import picocli.CommandLine.Option;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

import javax.net.ssl.SSLContext;

/** Who may call the management API, how often, and what the way to it is. */
public final class ApiSecurityOptions {
    @Option(
            names = "--tls-certificate",
            paramLabel = "FILE",
            description = "PEM certificate chain: serves the API over TLS 1.3 only.")
    Path certificate;

    @Option(
            names = "--tls-key",
            paramLabel = "FILE",
            description = "PEM PKCS #8 key of the certificate, mode 0600.")
    Path key;

    @Option(
            names = "--tls-clients",
            paramLabel = "FILE",
            description = "PEM certificates of authorities: only their clients may connect.")
    Path clients;

    @Option(
            names = "--oidc-issuer",
            paramLabel = "URL",
            description = "OpenID provider whose bearer tokens are taken besides API keys.")
    URI issuer;

    @Option(
            names = "--oidc-audience",
            paramLabel = "NAME",
            description = "Audience that its tokens must name (default: spindle).")
    String audience;

    @Option(
            names = "--call-rate",
            paramLabel = "N",
            description = "Calls a second of one caller (default: 1000).")
    Integer callRate;

    /** Those that were given, as a child would be given them. */
    Map<String, String> given() {
        final Map<String, String> given = new LinkedHashMap<>();
        put(given, "--tls-certificate", certificate == null ? null : certificate.toAbsolutePath());
        put(given, "--tls-key", key == null ? null : key.toAbsolutePath());
        put(given, "--tls-clients", clients == null ? null : clients.toAbsolutePath());
        put(given, "--oidc-issuer", issuer);
        put(given, "--oidc-audience", audience);
        put(given, "--call-rate", callRate);
        return given;
    }

    private static void put(
            final Map<String, String> given, final String name, final Object value) {
        if (value != null) {
            given.put(name, value.toString());
        }
    }

    String scheme() {
        return certificate == null ? "http" : "https";
    }

    ApiEndpoint endpoint(final String host, final int port) throws IOException {
        if ((certificate == null) != (key == null)) {
            throw new IOException("--tls-certificate and --tls-key go together");
        }
        if (clients != null && certificate == null) {
            throw new IOException("--tls-clients needs --tls-certificate");
        }
        return new ApiEndpoint(
                host,
                port,
                identity(),
                callRate == null ? ApiEndpoint.DEFAULT_CALLS_PER_SECOND : callRate);
    }

    private TlsIdentity identity() throws IOException {
        if (certificate == null) {
            return null;
        }
        final TlsIdentity identity = TlsIdentity.read(certificate, key);
        return clients == null ? identity : identity.forClientsOf(clients);
    }

    /** How this machine's own command line talks to it; null without TLS. */
    SSLContext ownClient() throws IOException {
        if (certificate == null) {
            return null;
        }
        return clients == null
                ? PinnedCertificate.context(certificate)
                : PinnedCertificate.context(certificate, certificate, key);
    }

    Authenticator tokens() throws IOException {
        return issuer == null
                ? Authenticator.NOBODY
                : new BearerTokens(
                        new OpenIdProvider(issuer, System::nanoTime),
                        issuer.toString(),
                        audience == null ? "spindle" : audience);
    }
}
