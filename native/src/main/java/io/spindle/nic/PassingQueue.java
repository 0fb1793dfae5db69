package io.spindle.nic;

/** Passes every call on to another queue; what stands in front of one overrides what it watches. */
public abstract class PassingQueue implements NicQueue {
    /** The queue behind this one. */
    protected final NicQueue queue;

    protected PassingQueue(final NicQueue queue) {
        this.queue = queue;
    }

    @Override
    public int poll(final RxBurst burst) {
        return queue.poll(burst);
    }

    @Override
    public void release(final RxBurst burst) {
        queue.release(burst);
    }

    @Override
    public long claim() {
        return queue.claim();
    }

    @Override
    public void commit(final int length) {
        queue.commit(length);
    }

    @Override
    public void abort() {
        queue.abort();
    }

    @Override
    public int flush() {
        return queue.flush();
    }

    @Override
    public boolean isGone() {
        return queue.isGone();
    }

    @Override
    public NicInfo info() {
        return queue.info();
    }

    @Override
    public NicCounters counters() {
        return queue.counters();
    }

    @Override
    public void close() {
        queue.close();
    }
}
