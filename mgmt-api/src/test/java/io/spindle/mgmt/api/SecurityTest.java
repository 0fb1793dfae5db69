package io.spindle.mgmt.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.mgmt.security.Authenticator;
import io.spindle.mgmt.security.PinnedCertificate;
import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.security.TlsIdentity;
import io.spindle.mgmt.testing.ApiOnMarket;
import io.spindle.mgmt.testing.Call;
import io.spindle.mgmt.testing.Call.Reply;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.function.Supplier;

import javax.net.ssl.SSLHandshakeException;

/** Keys over HTTP, TLS, and limits on how often and how much. */
@Timeout(120)
class SecurityTest {
    private static final String HALT =
            "{\"scope\":\"system\",\"state\":\"halted\",\"reason\":\"drill\"}";

    @TempDir private Path folder;

    @Test
    void shouldIssueAKeyThatOpensWhatItSaysUntilItIsRevoked() {
        try (ApiOnMarket api = new ApiOnMarket()) {
            final Call admin = api.as(Role.ADMIN);
            final Reply made =
                    admin.post(
                            "/v1/keys",
                            "{\"name\":\"desk\",\"roles\":[\"viewer\"],\"owners\":[\"FOES\"],"
                                    + "\"days\":30,\"reason\":\"new colleague\"}");
            assertEquals(201, made.status(), made.body());
            final Call desk = api.as(made.text("/key"));
            final Reply accounts = desk.get("/v1/accounts");
            assertEquals("FOES00", accounts.text("/items/0/account"));
            assertEquals(1, accounts.json().at("/items").size());
            assertEquals(403, desk.get("/v1/keys").status());
            assertEquals("desk", admin.get("/v1/keys").text("/items/0/name"));
            assertTrue(!admin.get("/v1/keys").body().contains(made.text("/key")));
            final String path = "/v1/keys/" + made.text("/details/id");
            assertEquals(200, admin.send("DELETE", path, null).status());
            assertEquals(404, admin.send("DELETE", path, null).status());
            assertEquals(401, desk.get("/v1/accounts").status());
        }
    }

    @Test
    void shouldLetASecondAdministratorAgreeToNewKeys() {
        try (ApiOnMarket api = new ApiOnMarket()) {
            final String key = "{\"name\":\"%s\",\"roles\":[\"admin\"],\"reason\":\"r\"}";
            final Reply first = api.as(Role.ADMIN).post("/v1/keys", key.formatted("anna"));
            final Call anna = api.as(first.text("/key"));
            final Reply second = anna.post("/v1/keys", key.formatted("bert"));
            assertEquals("false", second.text("/details/active"));
            final Call bert = api.as(second.text("/key"));
            assertEquals(401, bert.get("/v1/keys").status());
            final String path = "/v1/keys/" + second.text("/details/id") + "/activation";
            assertEquals(403, anna.post(path, "").status(), "her own");
            assertEquals(200, api.as(Role.ADMIN).post(path, "").status());
            assertEquals(200, bert.get("/v1/keys").status());
            assertEquals(404, api.as(Role.ADMIN).post(path, "").status());
        }
    }

    @Test
    void shouldNotLetAnAdministratorBeAloneByEndingTheOtherOnesKey() {
        try (ApiOnMarket api = new ApiOnMarket()) {
            final Call admin = api.as(Role.ADMIN);
            final String key = "{\"name\":\"%s\",\"roles\":[\"%s\"],\"reason\":\"r\"}";
            final Reply anna = admin.post("/v1/keys", key.formatted("anna", "admin"));
            assertEquals("true", anna.text("/details/active"), anna.body());
            final String path = "/v1/keys/" + anna.text("/details/id");
            assertEquals(200, admin.delete(path).status());
            assertEquals(401, api.as(anna.text("/key")).get("/v1/keys").status());
            assertEquals(404, admin.delete(path).status(), "once");
            final Reply own = admin.post("/v1/keys", key.formatted("anna", "risk"));
            assertEquals(201, own.status(), "the name is free again");
            assertEquals("false", own.text("/details/active"), own.body());
            final String activation = "/v1/keys/" + own.text("/details/id") + "/activation";
            assertEquals(403, admin.post(activation, "").status(), "their own");
            assertEquals(403, api.as(Role.OPERATOR).post(activation, "").status());
            assertEquals(401, api.as(own.text("/key")).get("/v1/keys").status());
            assertEquals(1, admin.get("/v1/keys").json().at("/items").size());
        }
    }

    @Test
    void shouldKeepABoundAdministratorToTheKeysOfTheirFirms() {
        try (ApiOnMarket api = new ApiOnMarket()) {
            final Call admin = api.as(Role.ADMIN);
            final String key =
                    "{\"name\":\"%s\",\"roles\":[\"%s\"],\"owners\":[\"%s\"],\"reason\":\"r\"}";
            final Reply made = admin.post("/v1/keys", key.formatted("foes", "admin", "FOES"));
            final Call foes = api.as(made.text("/key"));
            final Reply theirs = admin.post("/v1/keys", key.formatted("desk", "viewer", "TEST"));
            final Reply own = admin.post("/v1/keys", key.formatted("clerk", "viewer", "FOES"));
            assertEquals(3, admin.get("/v1/keys").json().at("/items").size());
            assertEquals(2, foes.get("/v1/keys").json().at("/items").size());
            final String other = "/v1/keys/" + theirs.text("/details/id");
            assertEquals(404, foes.post(other + "/activation", "").status());
            assertEquals(404, foes.delete(other).status());
            assertEquals(403, foes.post("/v1/keys", key.formatted("x", "viewer", "TEST")).status());
            final String clerk = "/v1/keys/" + own.text("/details/id");
            assertEquals(200, foes.post(clerk + "/activation", "").status());
            assertEquals(200, foes.delete(clerk).status());
            assertEquals(200, admin.delete(other).status());
        }
    }

    @Test
    void shouldRefuseKeysThatMakeNoSense() {
        try (ApiOnMarket api = new ApiOnMarket()) {
            final Call admin = api.as(Role.ADMIN);
            for (final String body :
                    List.of(
                            "{\"roles\":[\"viewer\"],\"reason\":\"r\"}",
                            "{\"name\":\"a\",\"reason\":\"r\"}",
                            "{\"name\":\"oidc:a\",\"roles\":[\"viewer\"],\"reason\":\"r\"}",
                            "{\"name\":\"a\",\"roles\":[\"anyone\"],\"reason\":\"r\"}",
                            "{\"name\":\"a\",\"roles\":[null],\"reason\":\"r\"}",
                            "{\"name\":\"a\",\"roles\":[\"viewer\"],\"owners\":[],\"reason\":\"\"}",
                            "{\"name\":\"a\",\"roles\":[\"viewer\"],\"days\":0,\"reason\":\"r\"}",
                            "{\"name\":\"a\",\"roles\":[\"viewer\"]}")) {
                assertEquals(422, admin.post("/v1/keys", body).status(), body);
            }
            final String taken = "{\"name\":\"%s\",\"roles\":[\"viewer\"],\"reason\":\"r\"}";
            assertEquals(409, admin.post("/v1/keys", taken.formatted("admin")).status());
            assertEquals(201, admin.post("/v1/keys", taken.formatted("b")).status());
            assertEquals(409, admin.post("/v1/keys", taken.formatted("b")).status());
        }
    }

    @Test
    void shouldLimitOneCallerAndLeaveTheKillSwitchToThem() {
        final ApiEndpoint slow = new ApiEndpoint("127.0.0.1", 0, null, 1);
        try (ApiOnMarket api = new ApiOnMarket(slow, Authenticator.NOBODY)) {
            final Call risk = api.as(Role.RISK);
            final Reply refused = untilLimited(risk);
            assertEquals(201, risk.post("/v1/kill-switch", HALT).status(), "though they are out");
            assertEquals("TOO_MANY", refused.text("/code"));
            assertTrue(refused.response().headers().firstValue("Retry-After").isPresent());
            assertEquals(200, api.as(Role.VIEWER).get("/v1/orders").status());
        }
    }

    @Test
    void shouldNotLetPreviewsUseUpTheKillSwitch() {
        final String path = "/v1/kill-switch/preview";
        try (ApiOnMarket api = new ApiOnMarket()) {
            final Call risk = api.as(Role.RISK);
            assertEquals(422, risk.post(path + "?asAt=1", "{\"scope\":\"system\"}").status());
            Reply last = risk.post(path, "{\"scope\":\"system\"}");
            for (int i = 0; i < 1_000 && last.status() == 200; i++) {
                last = risk.post(path, "{\"scope\":\"system\"}");
            }
            assertEquals(429, last.status(), last.body());
            for (int i = 0; i < 10; i++) {
                assertEquals(201, risk.post("/v1/kill-switch", HALT).status());
            }
        }
    }

    @Test
    void shouldLimitStrangersAndLargeBodies() {
        final ApiEndpoint slow = new ApiEndpoint("127.0.0.1", 0, null, 1);
        try (ApiOnMarket api = new ApiOnMarket(slow, Authenticator.NOBODY)) {
            assertEquals("TOO_MANY", untilLimited(api.as("guess")).text("/code"));
            final Reply large =
                    api.as(Role.ADMIN).post("/v1/keys", "{\"name\":\"" + "x".repeat(5 << 20));
            assertEquals(413, large.status());
            assertEquals("TOO_LARGE", large.text("/code"));
        }
    }

    /** What lets go on, and what is only tried. */
    @Test
    void shouldChargeWhatStopsNothingToTheOrdinaryRate() {
        final ApiEndpoint slow = new ApiEndpoint("127.0.0.1", 0, null, 1);
        final String state = "/v1/instruments/SPDL/state";
        final String release = HALT.replace("halted", "active");
        final String trade = "{\"state\":\"Trading\",\"reason\":\"drill\"}";
        try (ApiOnMarket api = new ApiOnMarket(slow, Authenticator.NOBODY)) {
            final Call risk = api.as(Role.RISK);
            for (final Supplier<Reply> idle :
                    List.<Supplier<Reply>>of(
                            () -> risk.post("/v1/kill-switch", release),
                            () -> risk.post(state, trade),
                            () -> risk.post("/v1/mass-cancel?validate=true", HALT))) {
                untilLimited(idle);
                assertEquals(201, risk.post("/v1/kill-switch", HALT).status());
            }
        }
    }

    private static Reply untilLimited(final Call call) {
        return untilLimited(() -> call.get("/v1/orders"));
    }

    /** The first reply that says so; at one call a second, soon. */
    private static Reply untilLimited(final Supplier<Reply> call) {
        for (int i = 0; i < 100; i++) {
            final Reply reply = call.get();
            if (reply.status() == 429) {
                return reply;
            }
        }
        throw new AssertionError("never limited");
    }

    @Test
    void shouldServeTlsOnlyIfTold() throws IOException, InterruptedException {
        makeCertificate("EC", "spindle");
        final TlsIdentity identity = TlsIdentity.read(pem("spindle"), key("spindle"));
        final ApiEndpoint secure = new ApiEndpoint("127.0.0.1", 0, identity, 1_000);
        try (ApiOnMarket api = new ApiOnMarket(secure, Authenticator.NOBODY);
                HttpClient trusting = client(pem("spindle"))) {
            final URI live = URI.create("https://127.0.0.1:" + api.port() + "/livez");
            final HttpResponse<String> reply = trusting.send(request(live), body());
            assertEquals(200, reply.statusCode());
            assertTrue(reply.headers().firstValue("Strict-Transport-Security").isPresent());
            assertEquals("TLSv1.3", reply.sslSession().orElseThrow().getProtocol());
            makeCertificate("RSA", "other");
            try (HttpClient doubting = client(pem("other"))) {
                assertThrows(
                        SSLHandshakeException.class, () -> doubting.send(request(live), body()));
            }
            final URI plain = URI.create("http://127.0.0.1:" + api.port() + "/livez");
            assertThrows(IOException.class, () -> trusting.send(request(plain), body()));
        }
    }

    @Test
    void shouldLetInOnlyClientsWithACertificateIfTold() throws IOException, InterruptedException {
        makeCertificate("EC", "spindle");
        makeCertificate("EC", "authority");
        makeCertificate("EC", "stranger");
        final TlsIdentity identity =
                TlsIdentity.read(pem("spindle"), key("spindle")).forClientsOf(pem("authority"));
        final ApiEndpoint secure = new ApiEndpoint("127.0.0.1", 0, identity, 1_000);
        try (ApiOnMarket api = new ApiOnMarket(secure, Authenticator.NOBODY);
                HttpClient own = showing("spindle");
                HttpClient known = showing("authority");
                HttpClient stranger = showing("stranger");
                HttpClient nobody = client(pem("spindle"))) {
            final URI live = URI.create("https://127.0.0.1:" + api.port() + "/livez");
            assertEquals(200, own.send(request(live), body()).statusCode());
            assertEquals(200, known.send(request(live), body()).statusCode());
            assertThrows(IOException.class, () -> stranger.send(request(live), body()));
            assertThrows(IOException.class, () -> nobody.send(request(live), body()));
        }
    }

    /** A client of our server that shows a certificate of its own. */
    private HttpClient showing(final String name) throws IOException {
        return HttpClient.newBuilder()
                .sslContext(PinnedCertificate.context(pem("spindle"), pem(name), key(name)))
                .build();
    }

    @Test
    void shouldRefuseKeysThatDoNotFitOrThatOthersRead() throws IOException, InterruptedException {
        makeCertificate("RSA", "one");
        makeCertificate("RSA", "two");
        assertThrows(IOException.class, () -> TlsIdentity.read(pem("one"), key("two")));
        assertThrows(IOException.class, () -> TlsIdentity.read(key("one"), key("one")));
        Files.writeString(key("two"), "nonsense");
        assertThrows(IOException.class, () -> TlsIdentity.read(pem("two"), key("two")));
        Files.setPosixFilePermissions(key("one"), PosixFilePermissions.fromString("rw-r--r--"));
        assertThrows(IOException.class, () -> TlsIdentity.read(pem("one"), key("one")));
    }

    private HttpClient client(final Path certificate) throws IOException {
        return HttpClient.newBuilder().sslContext(PinnedCertificate.context(certificate)).build();
    }

    private static HttpRequest request(final URI address) {
        return HttpRequest.newBuilder(address).build();
    }

    private static HttpResponse.BodyHandler<String> body() {
        return HttpResponse.BodyHandlers.ofString();
    }

    private Path pem(final String name) {
        return folder.resolve(name + ".pem");
    }

    private Path key(final String name) {
        return folder.resolve(name + ".key");
    }

    /** With the JDK's keytool: a key pair, then both halves as PEM. */
    private void makeCertificate(final String algorithm, final String name)
            throws IOException, InterruptedException {
        final Path store = folder.resolve(name + ".p12");
        final Process keytool =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-keyalg",
                                algorithm,
                                "-dname",
                                "CN=" + name,
                                "-alias",
                                name,
                                "-storetype",
                                "PKCS12",
                                "-storepass",
                                "secret",
                                "-keystore",
                                store.toString())
                        .redirectErrorStream(true)
                        .start();
        final String said = new String(keytool.getInputStream().readAllBytes());
        assertEquals(0, keytool.waitFor(), said);
        PemFiles.write(store, "secret", name, pem(name), key(name));
    }
}
