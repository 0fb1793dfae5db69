package io.spindle.mgmt.api;

import io.spindle.mgmt.security.Authenticator;
import io.spindle.mgmt.security.Principal;

import java.util.concurrent.TimeUnit;

/**
 * The right to go on listening: a stream outlives the call that began it, a revoked or expired
 * credential must not. Asked by the stream's own thread as often as it likes, it looks once a
 * second.
 */
final class Admission {
    private static final long LOOK_NS = TimeUnit.SECONDS.toNanos(1);

    private final Authenticator authenticator;
    private final String token;
    private final Principal caller;
    private long nextLookNs = System.nanoTime() + LOOK_NS;
    private boolean holds = true;

    Admission(final Authenticator authenticator, final String token, final Principal caller) {
        this.authenticator = authenticator;
        this.token = token;
        this.caller = caller;
    }

    Principal caller() {
        return caller;
    }

    /** True while the credential opens what it did when the stream began. */
    boolean holds() {
        final long nowNs = System.nanoTime();
        if (holds && nowNs - nextLookNs >= 0) {
            nextLookNs = nowNs + LOOK_NS;
            holds = authenticator.authenticate(token).filter(caller::equals).isPresent();
        }
        return holds;
    }
}
