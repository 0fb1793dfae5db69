package io.spindle.rehearsal;

import io.spindle.client.Wire;

import org.agrona.DirectBuffer;

import java.util.random.RandomGenerator;

/** Loses, repeats and spoils a few datagrams on purpose: the loop must have met all of that. */
final class LossyWire implements Wire {
    private static final int ONE_IN = 256;
    private static final int LOSE = 0;
    private static final int REPEAT = 1;
    private static final int CUT_SHORT = 2;

    private final Wire wire;
    private final RandomGenerator random;

    LossyWire(final Wire wire, final RandomGenerator random) {
        this.wire = wire;
        this.random = random;
    }

    @Override
    public void send(final DirectBuffer buffer, final int offset, final int length) {
        switch (random.nextInt(ONE_IN)) {
            case LOSE -> {}
            case REPEAT -> {
                wire.send(buffer, offset, length);
                wire.send(buffer, offset, length);
            }
            case CUT_SHORT -> wire.send(buffer, offset, length - 1);
            default -> wire.send(buffer, offset, length);
        }
    }
}
