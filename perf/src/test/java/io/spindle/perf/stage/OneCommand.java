package io.spindle.perf.stage;

import io.spindle.log.AckLevel;
import io.spindle.log.CommandHandler;
import io.spindle.log.CommandLog;

import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteBuffer;

/** A log with room for one command, which the next one overwrites; nobody reads it. */
final class OneCommand implements CommandLog {
    private static final int MAX_LENGTH = 4_096;

    private final UnsafeBuffer bytes = new UnsafeBuffer(ByteBuffer.allocateDirect(MAX_LENGTH));
    private long sequence;

    @Override
    public MutableDirectBuffer buffer() {
        return bytes;
    }

    @Override
    public int claim(final int maxLength, final boolean reserved) {
        return 0;
    }

    @Override
    public long commit(final int length, final long timeNs) {
        return ++sequence;
    }

    @Override
    public void abort() {
        bytes.setMemory(0, MAX_LENGTH, (byte) 0);
    }

    @Override
    public int poll(final CommandHandler handler, final int limit) {
        return 0;
    }

    @Override
    public long lastSequence() {
        return sequence;
    }

    @Override
    public int maxCommandLength() {
        return MAX_LENGTH;
    }

    @Override
    public long safeSequence(final AckLevel level) {
        return sequence;
    }

    @Override
    public int refusal() {
        return 0;
    }

    @Override
    public long warm() {
        return bytes.getLong(0);
    }
}
