package io.spindle.nic;

import static io.spindle.nic.EfviLayout.*;

import io.spindle.sys.Region;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * A Solarflare or AMD card's virtual interface, through the ef_vi shim: one native call per burst
 * each way. The harvest of a call may hold more frames than the burst that asked; the rest waits
 * for the next poll.
 *
 * <pre>
 *   memory:  ringFrames receive buffers │ ringFrames transmit buffers           (2,048 bytes each)
 *   shared:  harvest │ tokens to release │ frames to send
 * </pre>
 */
final class EfviQueue implements NicQueue {
    private final NicCounters counters = new NicCounters();
    private final NicInfo info;
    private final long port;
    private final Region memory;
    private final Region sharedRegion;
    private final UnsafeBuffer shared;
    private final int tokensOffset;
    private final int descriptorsOffset;

    private int handedOut;
    private int harvested;
    private boolean endSeen;
    private boolean gone;
    private boolean open = true;

    private final int[] freeTokens;
    private int freeCount;
    private int committed;

    /** Takes over the port and its memory; the queue closes both. */
    EfviQueue(final long port, final Region memory, final int ringFrames, final NicInfo info) {
        this.port = port;
        this.memory = memory;
        this.info = info;
        tokensOffset = COMPLETIONS_OFFSET + ringFrames * Integer.BYTES;
        descriptorsOffset = tokensOffset + ringFrames * Integer.BYTES;
        sharedRegion = Region.allocate(descriptorsOffset + ringFrames * DESCRIPTOR_LENGTH);
        shared = sharedRegion.buffer();
        freeTokens = new int[ringFrames];
        for (int i = 0; i < ringFrames; i++) {
            freeTokens[freeCount++] = ringFrames + i;
        }
    }

    @Override
    public int poll(final RxBurst burst) {
        final boolean anew = handedOut == harvested;
        if (anew) {
            harvest(burst.capacity());
        }
        final int count = Math.min(harvested - handedOut, burst.capacity());
        for (int i = 0; i < count; i++) {
            final int record = RECORDS_OFFSET + (handedOut + i) * RECORD_LENGTH;
            burst.add(
                    shared.getLong(record + RECORD_FRAME_OFFSET),
                    shared.getInt(record + RECORD_LENGTH_OFFSET),
                    shared.getInt(record + RECORD_TOKEN_OFFSET),
                    shared.getLong(record + RECORD_STAMP_OFFSET));
        }
        handedOut += count;
        burst.drained(anew && endSeen && handedOut == harvested);
        counters.framesReceived += count;
        return count;
    }

    private void harvest(final int limit) {
        handedOut = 0;
        harvested = EfviBindings.poll(port, sharedRegion.address(), limit);
        final int completed = shared.getInt(COMPLETED_OFFSET);
        for (int i = 0; i < completed; i++) {
            freeTokens[freeCount++] = shared.getInt(COMPLETIONS_OFFSET + i * Integer.BYTES);
        }
        counters.receiveErrors = shared.getLong(DISCARDED_OFFSET);
        counters.receiveNoBuffer = shared.getLong(NO_DESCRIPTOR_OFFSET);
        counters.receiveMissed = counters.receiveNoBuffer + shared.getLong(OVERFLOWS_OFFSET);
        counters.transmitLost = shared.getLong(TRANSMIT_ERRORS_OFFSET);
        endSeen = shared.getInt(DRAINED_OFFSET) != 0;
        if (shared.getInt(RESET_OFFSET) != 0 && !gone) {
            gone = true;
            counters.interfaceDown++;
        }
    }

    @Override
    public void release(final RxBurst burst) {
        final int count = burst.count();
        for (int i = 0; i < count; i++) {
            shared.putInt(tokensOffset + i * Integer.BYTES, (int) burst.token(i));
        }
        if (count > 0) {
            EfviBindings.release(port, sharedRegion.address() + tokensOffset, count);
        }
        burst.clear();
    }

    @Override
    public long claim() {
        if (freeCount == 0 && handedOut == harvested) {
            harvest(EVENTS);
        }
        if (freeCount == 0) {
            counters.transmitBackPressure++;
            return BACK_PRESSURED;
        }
        return memory.address() + (long) freeTokens[freeCount - 1] * BUFFER_LENGTH;
    }

    @Override
    public void commit(final int length) {
        if (length > MAX_FRAME_LENGTH) {
            counters.transmitErrors++;
            return;
        }
        final int descriptor = descriptorsOffset + committed++ * DESCRIPTOR_LENGTH;
        shared.putInt(descriptor, freeTokens[--freeCount]);
        shared.putInt(descriptor + DESCRIPTOR_SIZE_OFFSET, length);
    }

    @Override
    public void abort() {
        // The claim was not recorded: the next one names the same frame.
    }

    @Override
    public int flush() {
        if (committed == 0 || gone) {
            return 0;
        }
        final long descriptors = sharedRegion.address() + descriptorsOffset;
        final int taken = EfviBindings.send(port, descriptors, committed);
        committed -= taken;
        if (committed > 0) {
            final int rest = descriptorsOffset + taken * DESCRIPTOR_LENGTH;
            shared.putBytes(descriptorsOffset, shared, rest, committed * DESCRIPTOR_LENGTH);
            if (handedOut == harvested) {
                harvest(EVENTS);
            }
        }
        counters.framesSent += taken;
        return taken;
    }

    @Override
    public boolean isGone() {
        return gone;
    }

    @Override
    public NicInfo info() {
        return info;
    }

    @Override
    public NicCounters counters() {
        return counters;
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            EfviBindings.close(port);
            sharedRegion.close();
            memory.close();
        }
    }
}
