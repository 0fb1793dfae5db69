package io.spindle.journal;

import io.aeron.security.Authenticator;
import io.aeron.security.CredentialsSupplier;
import io.aeron.security.SessionProxy;
import io.spindle.standby.StandbyKey;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Lets an Archive that listens on a wire answer only those who have the {@link StandbyKey}: it asks
 * for the tag of bytes that it draws for each session, and does nothing before it has it. What is
 * tagged here begins with a word of its own, so that nobody gets a tag under which he can say
 * anything elsewhere.
 *
 * <p>Called from the Archive's thread and from that of its clients.
 */
final class ArchiveGuard implements Authenticator, CredentialsSupplier {
    private static final int CHALLENGE_LENGTH = 32;
    private static final int MAX_PENDING = 64;
    private static final byte[] NONE = {};
    private static final byte[] PURPOSE = "ARCHIVE ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] KEY_HOLDER = {1};

    /** What a session was asked, and what it has answered so far. */
    private record Question(byte[] challenge, byte[] answer) {}

    /** Bounded: who asks for sessions and never answers pushes out only such others in time. */
    private final Map<Long, Question> pending =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(final Map.Entry<Long, Question> eldest) {
                    return size() > MAX_PENDING;
                }
            };

    private final SecureRandom random = new SecureRandom();
    private final StandbyKey key;

    ArchiveGuard(final StandbyKey key) {
        this.key = key;
    }

    @Override
    public byte[] encodedCredentials() {
        return NONE;
    }

    /** Who asks for anything but what an Archive of ours draws is told nothing. */
    @Override
    public byte[] onChallenge(final byte[] challenge) {
        return challenge.length == CHALLENGE_LENGTH ? answer(challenge) : NONE;
    }

    private byte[] answer(final byte[] challenge) {
        final byte[] question = Arrays.copyOf(PURPOSE, PURPOSE.length + challenge.length);
        System.arraycopy(challenge, 0, question, PURPOSE.length, challenge.length);
        return key.tag(question);
    }

    @Override
    public void onConnectRequest(final long sessionId, final byte[] credentials, final long nowMs) {
        final byte[] challenge = new byte[CHALLENGE_LENGTH];
        random.nextBytes(challenge);
        pending.put(sessionId, new Question(challenge, NONE));
    }

    @Override
    public void onConnectedSession(final SessionProxy session, final long nowMs) {
        final Question question = pending.get(session.sessionId());
        if (question == null) {
            session.reject();
        } else {
            session.challenge(question.challenge);
        }
    }

    @Override
    public void onChallengeResponse(
            final long sessionId, final byte[] credentials, final long nowMs) {
        pending.computeIfPresent(
                sessionId, (id, asked) -> new Question(asked.challenge, credentials));
    }

    @Override
    public void onChallengedSession(final SessionProxy session, final long nowMs) {
        final Question question = pending.get(session.sessionId());
        if (question == null) {
            session.reject();
        } else if (question.answer.length > 0) {
            if (!MessageDigest.isEqual(question.answer, answer(question.challenge))) {
                pending.remove(session.sessionId());
                session.reject();
            } else if (session.authenticate(KEY_HOLDER)) {
                pending.remove(session.sessionId());
            }
        }
    }
}
