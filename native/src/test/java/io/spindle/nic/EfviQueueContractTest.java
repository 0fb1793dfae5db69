package io.spindle.nic;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Nested;

/**
 * The contract over the ef_vi shim, its software double and a veth pair, for each family of card.
 */
class EfviQueueContractTest {
    abstract static class OverDouble extends NicQueueContract {
        abstract EfviDouble.Card card();

        NicContext configured(final NicContext context) {
            return context;
        }

        @Override
        NicWire open() throws Exception {
            assumeTrue(EfviDouble.missing() == null && VethPair.missing() == null);
            EfviDouble.play(card());
            return new VethWire(
                    configured(
                            new NicContext()
                                    .backend("efvi")
                                    .efviLibrary(EfviDouble.library().toString())
                                    .ringFrames(RING_FRAMES)
                                    .burstFrames(BURST_FRAMES)));
        }
    }

    @Nested
    class Ef10 extends OverDouble {
        @Override
        EfviDouble.Card card() {
            return EfviDouble.Card.EF10;
        }
    }

    @Nested
    class X2WithStamps extends OverDouble {
        @Override
        EfviDouble.Card card() {
            return EfviDouble.Card.X2;
        }

        @Override
        NicContext configured(final NicContext context) {
            return context.timestamps(true);
        }
    }

    @Nested
    class Efct extends OverDouble {
        @Override
        EfviDouble.Card card() {
            return EfviDouble.Card.EFCT;
        }
    }
}
