package io.spindle.mgmt.office;

import io.spindle.mgmt.notify.Channel;
import io.spindle.mgmt.notify.Notifications;
import io.spindle.mgmt.view.View;

import java.io.IOException;
import java.util.Optional;

/** Channels as they are defined: in the log, from where {@link Notifications} takes them. */
public final class Channels {
    private final Notes notes;
    private final Notifications notifications;

    Channels(final Notes notes, final Notifications notifications) {
        this.notes = notes;
        this.notifications = notifications;
    }

    /** Defines or changes a channel; it begins with the next event. */
    public long define(final String name, final Channel channel, final String by)
            throws IOException, InterruptedException {
        return notes.write(Notifications.KIND, name, by, channel);
    }

    public long remove(final String name, final String by)
            throws IOException, InterruptedException {
        return notes.writeText(Notifications.KIND, name, by, "");
    }

    public Optional<Channel> find(final String name) {
        return notes.read(Notifications.KIND, name, Channel.class);
    }

    /** A channel as it was defined at a reading. */
    public static Optional<Channel> find(final View.Reading now, final String name) {
        return Notes.read(now, Notifications.KIND, name, Channel.class);
    }

    public Notifications notifications() {
        return notifications;
    }
}
