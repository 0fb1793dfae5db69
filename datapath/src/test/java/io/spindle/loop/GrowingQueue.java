package io.spindle.loop;

import io.spindle.nic.NicQueue;
import io.spindle.nic.PassingQueue;
import io.spindle.nic.RxBurst;

/**
 * Hands out frames as the kernel's socket does: one, and twice as many each time there were as many
 * as it had asked for.
 */
final class GrowingQueue extends PassingQueue {
    private RxBurst part = new RxBurst(1);

    GrowingQueue(final NicQueue queue) {
        super(queue);
    }

    @Override
    public int poll(final RxBurst burst) {
        final int wanted = part.capacity();
        final int count = queue.poll(part);
        for (int i = 0; i < count; i++) {
            burst.add(part.address(i), part.length(i), part.token(i), part.timestampNs(i));
        }
        queue.release(part);
        burst.drained(count < wanted);
        part = new RxBurst(count < wanted ? 1 : 2 * wanted);
        return count;
    }

    @Override
    public void release(final RxBurst burst) {
        burst.clear();
    }
}
