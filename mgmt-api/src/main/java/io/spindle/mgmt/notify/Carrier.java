package io.spindle.mgmt.notify;

import io.spindle.mgmt.stream.FeedMessage;

import java.io.IOException;

/** Carries messages to one address. */
interface Carrier {
    /** Returns once the other side has taken the message; throws if it may not have. */
    void carry(FeedMessage message) throws IOException, InterruptedException;
}
