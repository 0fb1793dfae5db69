package io.spindle.nic;

import org.agrona.CloseHelper;

import java.util.List;

/**
 * Everything that arrives for order entry on one interface: the card spreads frames over its
 * hardware queues, each of which has an AF_XDP socket. Polled in turns; sent by the first. The
 * frames of one sender stay on one queue, so they stay in order.
 */
final class XdpQueues implements NicQueue {
    private final AutoCloseable owner;
    private final XdpQueue[] queues;
    private final XdpQueue first;
    private final NicCounters counters = new NicCounters();
    private int polled;

    /** Queues in a row, up to the last one polled, whose end was seen. */
    private int drained;

    private boolean open = true;

    /**
     * @param memories one for each hardware queue
     * @param owner of the memories, closed with this
     */
    XdpQueues(
            final List<XdpMemory> memories,
            final AutoCloseable owner,
            final NicConfig config,
            final NicInfo info) {
        this.owner = owner;
        queues = new XdpQueue[memories.size()];
        for (int i = 0; i < queues.length; i++) {
            queues[i] = new XdpQueue(memories.get(i), counters, config, info);
        }
        first = queues[0];
    }

    @Override
    public int poll(final RxBurst burst) {
        int count = 0;
        for (int tried = 0; tried < queues.length && count == 0; tried++) {
            polled = polled + 1 < queues.length ? polled + 1 : 0;
            count = queues[polled].poll(burst);
            drained = burst.isDrained() ? Math.min(drained + 1, queues.length) : 0;
        }
        burst.drained(drained == queues.length);
        return count;
    }

    @Override
    public void release(final RxBurst burst) {
        queues[polled].release(burst);
    }

    @Override
    public long claim() {
        return first.claim();
    }

    @Override
    public void commit(final int length) {
        first.commit(length);
    }

    @Override
    public void abort() {
        first.abort();
    }

    @Override
    public int flush() {
        return first.flush();
    }

    @Override
    public boolean isGone() {
        return first.isGone();
    }

    @Override
    public NicInfo info() {
        return first.info();
    }

    @Override
    public NicCounters counters() {
        return counters;
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            CloseHelper.close(owner);
            for (final XdpQueue queue : queues) {
                queue.close();
            }
        }
    }
}
