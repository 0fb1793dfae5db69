package io.spindle.loop;

import io.spindle.nic.NicQueue;

import org.agrona.concurrent.IdleStrategy;

import java.util.concurrent.atomic.AtomicBoolean;

/** Turns of a {@link TradingLoop}, one after the other. The frame under everything that is hot. */
public final class LoopRunner {
    private LoopRunner() {}

    /** Turns until told to stop, or until the interface is taken away. */
    public static void run(
            final TradingLoop loop,
            final NicQueue nic,
            final IdleStrategy idle,
            final AtomicBoolean running) {
        while (running.getOpaque() && !nic.isGone()) {
            idle.idle(loop.doWork());
        }
    }
}
