package io.spindle.nic;

/** The contract over a kernel socket on the loopback interface. */
class SocketQueueContractTest extends NicQueueContract {
    @Override
    NicWire open() throws Exception {
        return new SocketWire(new NicContext().ringFrames(RING_FRAMES).burstFrames(BURST_FRAMES));
    }
}
