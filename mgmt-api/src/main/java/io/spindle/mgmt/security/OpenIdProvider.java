package io.spindle.mgmt.security;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.JSONObjectUtils;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The signing keys of an OpenID provider, found by its discovery document (OpenID Connect Discovery
 * 1.0 §4) when the first token comes, then kept and renewed. A provider that is down at our start
 * keeps nobody out who has a key of ours.
 */
public final class OpenIdProvider implements JWKSource<SecurityContext> {
    private static final int TIMEOUT_MS = 3_000;
    private static final int MAX_BYTES = 1 << 20;
    private static final long RETRY_NS = TimeUnit.SECONDS.toNanos(10);

    private final String issuer;
    private final LongSupplier nanoTime;
    private final DefaultResourceRetriever web =
            new DefaultResourceRetriever(TIMEOUT_MS, TIMEOUT_MS, MAX_BYTES);
    private JWKSource<SecurityContext> keys;
    private long retryAtNs;

    /**
     * @param issuer its URL; https unless it is this machine
     */
    public OpenIdProvider(final URI issuer, final LongSupplier nanoTime) throws IOException {
        requireSafe(issuer);
        this.issuer = issuer.toString();
        this.nanoTime = nanoTime;
        this.retryAtNs = nanoTime.getAsLong();
    }

    @Override
    public List<JWK> get(final JWKSelector selector, final SecurityContext context)
            throws KeySourceException {
        return discovered().get(selector, context);
    }

    private synchronized JWKSource<SecurityContext> discovered() throws KeySourceException {
        if (keys == null) {
            if (nanoTime.getAsLong() - retryAtNs < 0) {
                throw new KeySourceException(issuer + ": not discovered");
            }
            retryAtNs = nanoTime.getAsLong() + RETRY_NS;
            try {
                keys = JWKSourceBuilder.create(keySet().toURL(), web).retrying(true).build();
            } catch (final IOException | ParseException | IllegalArgumentException failure) {
                throw new KeySourceException(issuer + ": " + failure.getMessage(), failure);
            }
        }
        return keys;
    }

    private URI keySet() throws IOException, ParseException {
        final String root = issuer.endsWith("/") ? issuer : issuer + "/";
        final URI document = URI.create(root + ".well-known/openid-configuration");
        final Map<String, Object> metadata =
                JSONObjectUtils.parse(web.retrieveResource(document.toURL()).getContent());
        if (!issuer.equals(metadata.get("issuer"))) {
            throw new IOException("calls itself " + metadata.get("issuer"));
        }
        final URI set = JSONObjectUtils.getURI(metadata, "jwks_uri");
        if (set == null) {
            throw new IOException("names no jwks_uri");
        }
        requireSafe(set);
        return set;
    }

    /** Keys that come over an open network could be anybody's. */
    private static void requireSafe(final URI address) throws IOException {
        final boolean isHere =
                "http".equals(address.getScheme())
                        && address.getHost() != null
                        && InetAddress.getByName(address.getHost()).isLoopbackAddress();
        if (!"https".equals(address.getScheme()) && !isHere) {
            throw new IOException(address + ": https is needed");
        }
    }
}
