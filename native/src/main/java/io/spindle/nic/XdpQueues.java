package io.spindle.nic;

/**
 * Everything that arrives for order entry on one interface: the card spreads frames over its
 * hardware queues, each of which has an AF_XDP socket. Polled in turns; sent by the first. The
 * frames of one sender stay on one queue, so they stay in order.
 */
final class XdpQueues implements NicQueue {
    private final XdpAttachment attachment;
    private final XdpQueue[] queues;
    private final XdpQueue first;
    private final NicCounters counters = new NicCounters();
    private int polled;
    private boolean open = true;

    XdpQueues(final XdpAttachment attachment, final NicConfig config, final NicInfo info) {
        this.attachment = attachment;
        queues = new XdpQueue[attachment.count()];
        for (int i = 0; i < queues.length; i++) {
            queues[i] = new XdpQueue(attachment.socket(i), counters, config, info);
        }
        first = queues[0];
    }

    @Override
    public int poll(final RxBurst burst) {
        int count = 0;
        for (int tried = 0; tried < queues.length && count == 0; tried++) {
            polled = polled + 1 < queues.length ? polled + 1 : 0;
            count = queues[polled].poll(burst);
        }
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
            attachment.close();
            for (final XdpQueue queue : queues) {
                queue.close();
            }
        }
    }
}
