package io.spindle.nic;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Nested;

/**
 * The contract over AF_XDP on a veth pair, in the driver and behind it, with and without stamps.
 */
class XdpQueueContractTest {
    abstract static class OverVeth extends NicQueueContract {
        abstract NicContext configured(NicContext context);

        @Override
        NicWire open() throws Exception {
            assumeTrue(VethPair.missing() == null);
            return new VethWire(
                    configured(
                            new NicContext()
                                    .backend("afxdp")
                                    .ringFrames(RING_FRAMES)
                                    .burstFrames(BURST_FRAMES)));
        }
    }

    @Nested
    class Native extends OverVeth {
        @Override
        NicContext configured(final NicContext context) {
            return context.attach("native");
        }
    }

    @Nested
    class Generic extends OverVeth {
        @Override
        NicContext configured(final NicContext context) {
            return context.attach("generic");
        }
    }

    @Nested
    class Stamped extends OverVeth {
        @Override
        NicContext configured(final NicContext context) {
            return context.timestamps(true);
        }
    }

    @Nested
    class BusyPolled extends OverVeth {
        @Override
        NicContext configured(final NicContext context) {
            return context.busyPollMicros(20);
        }
    }
}
