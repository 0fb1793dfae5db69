package io.spindle.mgmt.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.testing.ApiOnMarket;
import io.spindle.mgmt.testing.Call;
import io.spindle.mgmt.testing.Call.Reply;
import io.spindle.oms.Ascii;
import io.spindle.oms.SessionTable;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.Arrays;

/** Members and limiters that are there: overwritten by who has seen them, loosened by two. */
@Timeout(60)
class LooseningTest {
    private static final String ACCOUNTS = "/v1/accounts";
    private static final String SESSIONS = "/v1/sessions";
    private static final String RATE = "/v1/rates/session/TEST00";

    private final ApiOnMarket api = new ApiOnMarket();
    private final Call operator = api.as(Role.OPERATOR);

    @BeforeEach
    void haveTwoPeople() {
        api.market.secondPerson = true;
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void shouldAllowAnAccountMoreWithASecondPersonAndLessAtOnce() {
        final String plain = "{\"account\":\"NEW-1\",\"firm\":\"TEST\"}";
        final String margin = plain.replace("}", ",\"margin\":true}");
        final String asked = margin.replace("}", ",\"reason\":\"contract\"}");
        final String path = ACCOUNTS + "/NEW-1";
        assertEquals(201, operator.post(ACCOUNTS, plain).status());
        assertEquals(428, operator.post(ACCOUNTS, asked).status());
        assertEquals(
                "/reason", operator.seen(path).post(ACCOUNTS, margin).text("/errors/0/pointer"));
        final Call seen = operator.seen(path);
        approve(seen.post(ACCOUNTS, asked));
        assertEquals("true", operator.get(path).text("/margin"));
        assertEquals(412, seen.post(ACCOUNTS, plain).status(), "it is another one now");
        assertEquals(201, operator.seen(path).post(ACCOUNTS, margin).status(), "as it is");
        assertEquals(201, operator.seen(path).post(ACCOUNTS, plain).status());
        assertEquals("false", operator.get(path).text("/margin"));
    }

    @Test
    void shouldTellTheSameCodeOfTwoFirmsApart() {
        final String account = "{\"account\":\"CLIENT\",\"firm\":\"%s\",\"margin\":true}";
        assertEquals(201, operator.post(ACCOUNTS, account.formatted("TEST")).status());
        assertEquals(201, operator.post(ACCOUNTS, account.formatted("FOES")).status());
        assertEquals(428, operator.post(ACCOUNTS, account.formatted("FOES")).status());
        final String path = ACCOUNTS + "/FOES:CLIENT";
        assertEquals(201, operator.seen(path).post(ACCOUNTS, account.formatted("FOES")).status());
    }

    @Test
    void shouldReplaceTheSecretOfASessionWithASecondPerson() {
        final String session =
                "{\"session\":\"NEWS\",\"firm\":\"TEST\",\"account\":\"TEST00\","
                        + "\"password\":\"%s\",\"reason\":\"lost\"}";
        assertEquals(201, operator.post(SESSIONS, session.formatted("first")).status());
        final byte[] first = secret();
        assertEquals(428, operator.post(SESSIONS, session.formatted("second")).status());
        final String path = SESSIONS + "/NEWS";
        final Reply asked = operator.seen(path).post(SESSIONS, session.formatted("second"));
        assertArrayEquals(first, secret());
        approve(asked);
        assertFalse(Arrays.equals(first, secret()));
    }

    /** Whether its client is logged in, and what it has sent, makes no other session of it. */
    @Test
    void shouldNotTakeWhatASessionDoesForAChangeOfIt() {
        final Call seen = operator.seen(SESSIONS + "/TEST00");
        api.market.login(0);
        api.market.enter(0, 'B', "SPDL", 100, 10_0000);
        final Reply asked =
                seen.post(
                        SESSIONS,
                        "{\"session\":\"TEST00\",\"firm\":\"TEST\",\"account\":\"TEST00\","
                                + "\"password\":\"other\",\"reason\":\"lost\"}");
        approve(asked);
    }

    @Test
    void shouldRaiseALimiterWithASecondPersonAndLowerItAtOnce() {
        assertEquals(201, rate("reject", 10, 10).status(), "there was none");
        assertEquals(201, rate("reject", 5, 5).status());
        assertEquals(201, rate("log_out", 5, 5).status());
        approve(rate("reject", 5, 5));
        assertEquals(202, rate("queue", 5, 5).status());
        assertEquals(202, rate("reject", 5, 6).status());
        assertEquals(202, rate("reject", 0, 0).status());
        approve(rate("reject", 6, 5));
        assertEquals("6", operator.get(RATE).text("/perSecond"));
        final Reply silent =
                operator.seen(RATE).put(RATE, "{\"mode\":\"reject\",\"perSecond\":9,\"burst\":5}");
        assertEquals("/reason", silent.text("/errors/0/pointer"), silent.body());
    }

    @Test
    void shouldTakeNoReasonThatNobodyReads() {
        final String limits = "{\"scope\":\"account\",\"name\":\"TEST00\",\"reason\":\"%s\"}";
        final String path = "/v1/limits?scope=account&name=TEST00";
        final Call seen = api.as(Role.RISK).seen(path);
        final String longest = limits.formatted("x".repeat(200));
        assertEquals(202, seen.put("/v1/limits", longest).status());
        for (final boolean secondPerson : new boolean[] {true, false}) {
            api.market.secondPerson = secondPerson;
            final Reply reply = seen.put("/v1/limits", limits.formatted("x".repeat(201)));
            assertEquals("/reason", reply.text("/errors/0/pointer"), reply.body());
        }
    }

    private Reply rate(final String mode, final int perSecond, final int burst) {
        final String body =
                "{\"mode\":\"%s\",\"perSecond\":%d,\"burst\":%d,\"reason\":\"asked by desk\"}";
        return operator.seen(RATE).put(RATE, body.formatted(mode, perSecond, burst));
    }

    private void approve(final Reply asked) {
        assertEquals(202, asked.status(), asked.body());
        final Reply approved =
                api.as(Role.ADMIN)
                        .post(
                                "/v1/proposals/" + asked.text("/id"),
                                "{\"decision\":\"approve\",\"reason\":\"looked at it\"}");
        assertEquals(201, approved.status(), approved.body());
    }

    private byte[] secret() {
        final byte[] secret = new byte[SessionTable.SECRET_LENGTH];
        api.market.view.read(
                now -> {
                    final int session = now.engine().sessions().find(Ascii.pack("NEWS"));
                    now.engine().sessions().secret(session, new UnsafeBuffer(secret), 0);
                    return null;
                });
        return secret;
    }
}
