package io.spindle.nic;

/** The contract over the AF_XDP backend's own rings, which a thread of ours serves. */
class XdpStageContractTest extends NicQueueContract {
    @Override
    NicWire open() {
        return new StageWire(RING_FRAMES, BURST_FRAMES);
    }
}
