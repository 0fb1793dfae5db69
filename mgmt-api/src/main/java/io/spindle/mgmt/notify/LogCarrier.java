package io.spindle.mgmt.notify;

import io.spindle.mgmt.api.Json;
import io.spindle.mgmt.stream.FeedMessage;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Into this process's own log, under the channel's name. */
final class LogCarrier implements Carrier {
    private final Logger log;

    LogCarrier(final String channel) {
        log = LoggerFactory.getLogger("notification." + channel);
    }

    @Override
    public void carry(final FeedMessage message) {
        log.info("{}", Json.write(message));
    }
}
