package io.spindle.mgmt.api;

import io.javalin.http.Handler;
import io.spindle.mgmt.office.BackOffice;
import io.spindle.mgmt.view.View;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Whether this process shows what is there now. While its replica replays or lags it shows what was
 * there before, and nothing may be judged by that.
 */
final class Present {
    private static final long CATCH_UP_MS = 2_000;
    private static final long AT_ONCE = 0;

    private final View view;
    private final BackOffice office;

    /** Sequence of the newest command that the engine has done for this process. */
    private final AtomicLong newest = new AtomicLong();

    Present(final View view, final BackOffice office) {
        this.view = view;
        this.office = office;
    }

    /** Notes that the engine has done a command, and waits for the replica to have applied it. */
    void awaitDone(final long sequence) throws InterruptedException {
        newest.accumulateAndGet(sequence, Math::max);
        view.await(sequence, CATCH_UP_MS);
    }

    /** Waits until the replica knows all of the log, for a while; whoever waits holds no lock. */
    void await() throws InterruptedException {
        require(CATCH_UP_MS);
    }

    /** The same without waiting, for who holds a lock. */
    void require() throws InterruptedException {
        require(AT_ONCE);
    }

    private void require(final long timeoutMs) throws InterruptedException {
        if (!office.awaitCurrent(timeoutMs) || !view.await(newest.get(), timeoutMs)) {
            throw ApiProblem.of(
                    ProblemCode.UNAVAILABLE,
                    "what is there now is not known before this process has applied all of the"
                            + " log: look at it and repeat it then");
        }
    }

    /** A handler that judges by what is there. */
    Handler before(final Handler handler) {
        return ctx -> {
            await();
            handler.handle(ctx);
        };
    }
}
