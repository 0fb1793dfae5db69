package io.spindle.mgmt.notify;

import com.fasterxml.jackson.core.JsonProcessingException;

import io.spindle.mgmt.api.Json;
import io.spindle.mgmt.stream.FeedMessage;

import java.io.IOException;
import java.nio.file.Path;

/** By e-mail, a message each; the settings are read anew, so that they can be put right. */
final class MailCarrier implements Carrier {
    private final Path settings;
    private final String to;

    MailCarrier(final Path settings, final String to) {
        this.settings = settings;
        this.to = to;
    }

    @Override
    public void carry(final FeedMessage message) throws IOException {
        MailServer.read(settings).send(to, subject(message), text(message));
    }

    private static String subject(final FeedMessage message) {
        return message.view() == null
                ? "Spindle: " + message.type()
                : "Spindle: " + message.view() + " " + message.key();
    }

    private static String text(final FeedMessage message) {
        try {
            return Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(message) + "\n";
        } catch (final JsonProcessingException fault) {
            throw new IllegalStateException(fault);
        }
    }
}
