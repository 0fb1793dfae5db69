package io.spindle.nic;

/** The contract over the network in memory. */
class SimQueueContractTest extends NicQueueContract {
    @Override
    NicWire open() {
        return new SimWire();
    }
}
