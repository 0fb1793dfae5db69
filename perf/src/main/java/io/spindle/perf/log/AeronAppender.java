package io.spindle.perf.log;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.Subscription;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.aeron.logbuffer.BufferClaim;

import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.BackoffIdleStrategy;

/** An Aeron IPC publication by tryClaim; a thread drains its subscription. */
final class AeronAppender implements Appender {
    private static final int STREAM = 9;
    private static final String CHANNEL = "aeron:ipc?term-length=16m";

    private final MediaDriver driver;
    private final Aeron aeron;
    private final ExclusivePublication publication;
    private final BufferClaim claim = new BufferClaim();
    private final Drain drain;

    AeronAppender() {
        driver =
                MediaDriver.launchEmbedded(
                        new MediaDriver.Context()
                                .threadingMode(ThreadingMode.SHARED)
                                .sharedIdleStrategy(new BackoffIdleStrategy())
                                .termBufferSparseFile(false)
                                .dirDeleteOnShutdown(true));
        aeron = Aeron.connect(new Aeron.Context().aeronDirectoryName(driver.aeronDirectoryName()));
        final Subscription subscription = aeron.addSubscription(CHANNEL, STREAM);
        publication = aeron.addExclusivePublication(CHANNEL, STREAM);
        drain = Drain.start(() -> subscription.poll((buffer, offset, length, header) -> {}, 256));
        while (!publication.isConnected()) {
            Thread.onSpinWait();
        }
    }

    @Override
    public boolean append(final DirectBuffer record, final int length) {
        if (publication.tryClaim(length, claim) < 0) {
            return false;
        }
        claim.buffer().putBytes(claim.offset(), record, 0, length);
        claim.commit();
        return true;
    }

    @Override
    public void close() {
        drain.close();
        CloseHelper.closeAll(aeron, driver);
    }
}
