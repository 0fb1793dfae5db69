package io.spindle.perf.wire;

import org.agrona.concurrent.UnsafeBuffer;

/** Sixty-four bytes that come back, with more behind them at times, a number in front. */
final class EchoDialogue implements Dialogue {
    private static final int LENGTH = 64;

    private final UnsafeBuffer payload = new UnsafeBuffer(new byte[LENGTH]);
    private final UdpDialogue wire;
    private long number;

    EchoDialogue(final int own, final int server, final int port) {
        wire = new UdpDialogue(own, server, port);
    }

    @Override
    public void begin() {
        number = 0;
    }

    @Override
    public void ask() {
        payload.putLong(0, ++number);
        wire.send(payload, 0, LENGTH);
    }

    @Override
    public boolean isAnswered() {
        final UnsafeBuffer answer = wire.receive();
        return answer != null && answer.capacity() >= LENGTH && answer.getLong(0) == number;
    }

    @Override
    public void close() {
        wire.close();
    }
}
