package io.spindle.mgmt.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;

/** Tokens of a provider that runs here, with keys made for the test. */
@Timeout(60)
class BearerTokensTest {
    private final ECKey key = key("one");
    private HttpServer provider;
    private String issuer;
    private int discoveries;
    private Authenticator tokens;

    @BeforeEach
    void start() throws IOException {
        provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        issuer = "http://127.0.0.1:" + provider.getAddress().getPort();
        serve("/keys", new JWKSet(key.toPublicJWK()).toString());
        provider.start();
        tokens = new BearerTokens(provider(), issuer, "spindle");
    }

    @AfterEach
    void stop() {
        provider.stop(0);
    }

    private OpenIdProvider provider() throws IOException {
        return new OpenIdProvider(URI.create(issuer), System::nanoTime);
    }

    private void discovery() {
        serve(
                "/.well-known/openid-configuration",
                "{\"issuer\":\"%s\",\"jwks_uri\":\"%s/keys\"}".formatted(issuer, issuer));
    }

    private void serve(final String path, final String json) {
        final byte[] body = json.getBytes(StandardCharsets.UTF_8);
        provider.createContext(
                path,
                exchange -> {
                    discoveries += path.startsWith("/.well") ? 1 : 0;
                    exchange.getResponseHeaders().add("Content-Type", "application/json");
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
    }

    private JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer(issuer)
                .audience("spindle")
                .subject("anna")
                .expirationTime(Date.from(Instant.now().plus(Duration.ofMinutes(5))))
                .claim("roles", List.of("risk", "viewer", "astronaut"))
                .claim("owners", List.of("TEST"));
    }

    private static ECKey key(final String id) {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
        } catch (final JOSEException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static String sign(final JWTClaimsSet claims, final ECKey by) throws JOSEException {
        return sign(claims, JWSAlgorithm.ES256, by.getKeyID(), new ECDSASigner(by));
    }

    private static String sign(
            final JWTClaimsSet claims,
            final JWSAlgorithm algorithm,
            final String keyId,
            final JWSSigner signer)
            throws JOSEException {
        final SignedJWT token =
                new SignedJWT(
                        new JWSHeader.Builder(algorithm)
                                .keyID(keyId)
                                .type(JOSEObjectType.JWT)
                                .build(),
                        claims);
        token.sign(signer);
        return token.serialize();
    }

    @Test
    void shouldKnowWhoATokenBelongsTo() throws JOSEException {
        discovery();
        assertEquals(
                new Principal("oidc:anna", Set.of(Role.RISK, Role.VIEWER), Set.of("TEST")),
                tokens.authenticate(sign(claims().build(), key)).orElseThrow());
        final JWTClaimsSet all = claims().claim("owners", List.of("*")).build();
        assertEquals(Set.of(), tokens.authenticate(sign(all, key)).orElseThrow().owners());
        assertEquals(1, discoveries);
    }

    @Test
    void shouldRefuseWhatIsNotForUsOrNotInForce() throws JOSEException {
        discovery();
        final Date past = Date.from(Instant.now().minus(Duration.ofMinutes(5)));
        for (final JWTClaimsSet wrong :
                List.of(
                        claims().issuer("http://127.0.0.1:1").build(),
                        claims().audience("another").build(),
                        claims().expirationTime(past).build(),
                        claims().expirationTime(null).build(),
                        claims().subject(null).build(),
                        claims().claim("roles", null).build(),
                        claims().claim("roles", List.of("astronaut")).build(),
                        claims().claim("roles", "risk").build(),
                        claims().claim("owners", null).build(),
                        claims().claim("owners", List.of()).build())) {
            assertTrue(tokens.authenticate(sign(wrong, key)).isEmpty(), wrong.toString());
        }
    }

    @Test
    void shouldRefuseForeignSignaturesAndNoSignature() throws JOSEException {
        discovery();
        assertTrue(tokens.authenticate(sign(claims().build(), key("one"))).isEmpty());
        assertTrue(tokens.authenticate(sign(claims().build(), key("two"))).isEmpty());
        assertTrue(tokens.authenticate(new PlainJWT(claims().build()).serialize()).isEmpty());
        final byte[] known = key.toPublicJWK().toString().getBytes(StandardCharsets.UTF_8);
        final String confused =
                sign(claims().build(), JWSAlgorithm.HS256, "one", new MACSigner(known));
        assertTrue(tokens.authenticate(confused).isEmpty(), "the public key as a shared secret");
        assertTrue(tokens.authenticate("a.b.c").isEmpty());
        assertTrue(tokens.authenticate("").isEmpty());
    }

    @Test
    void shouldWaitBeforeItAsksAnAbsentProviderAgain() throws IOException, JOSEException {
        final long[] nowNs = {0};
        tokens =
                new BearerTokens(
                        new OpenIdProvider(URI.create(issuer), () -> nowNs[0]), issuer, "spindle");
        final String token = sign(claims().build(), key);
        assertTrue(tokens.authenticate(token).isEmpty(), "404");
        discovery();
        assertTrue(tokens.authenticate(token).isEmpty(), "too early");
        nowNs[0] = Duration.ofSeconds(10).toNanos();
        assertTrue(tokens.authenticate(token).isPresent());
    }

    @Test
    void shouldRefuseAProviderThatLiesOrIsNotSafe() throws IOException, JOSEException {
        serve(
                "/.well-known/openid-configuration",
                "{\"issuer\":\"https://elsewhere\",\"jwks_uri\":\"%s/keys\"}".formatted(issuer));
        assertTrue(tokens.authenticate(sign(claims().build(), key)).isEmpty());
        for (final String unsafe : List.of("http://192.0.2.1", "ftp://127.0.0.1", "file:///x")) {
            assertThrows(
                    IOException.class,
                    () -> new OpenIdProvider(URI.create(unsafe), System::nanoTime));
        }
    }
}
