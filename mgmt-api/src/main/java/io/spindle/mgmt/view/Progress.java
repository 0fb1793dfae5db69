package io.spindle.mgmt.view;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How far a view has come. Who asks or waits does not need the view's lock, which may be held for
 * as long as a disk hangs.
 */
final class Progress {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private volatile long sequence;

    long sequence() {
        return sequence;
    }

    /** Only who holds the view's lock. */
    void moveTo(final long present) {
        if (present == sequence) {
            return;
        }
        lock.lock();
        try {
            sequence = present;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until the view has got to a sequence, or for so long.
     *
     * @return ns that are left
     */
    long await(final long wanted, final long timeoutNs) throws InterruptedException {
        long leftNs = timeoutNs;
        lock.lockInterruptibly();
        try {
            while (sequence < wanted && leftNs > 0) {
                leftNs = moved.awaitNanos(leftNs);
            }
            return leftNs;
        } finally {
            lock.unlock();
        }
    }
}
