package io.spindle.mgmt.office;

import com.fasterxml.jackson.core.JsonProcessingException;

import io.spindle.mgmt.api.Json;
import io.spindle.mgmt.control.AdminCommand;
import io.spindle.mgmt.control.Commander;
import io.spindle.mgmt.control.Commands;
import io.spindle.mgmt.model.Metadata;
import io.spindle.mgmt.model.Note;
import io.spindle.mgmt.view.View;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What the back office writes down, in the log like everything else. */
final class Notes {
    private final Commander commander;
    private final View view;

    Notes(final Commander commander, final View view) {
        this.commander = commander;
        this.view = view;
    }

    /**
     * Writes a note, unless the entry says so already.
     *
     * @param content an object to be written as JSON
     */
    long write(final String kind, final String key, final String author, final Object content)
            throws IOException, InterruptedException {
        return writeText(kind, key, author, Json.write(content));
    }

    /** The same, to be sent by whoever asks a second person first. */
    static AdminCommand command(
            final UUID request,
            final String kind,
            final String key,
            final String author,
            final Object content) {
        return Commands.annotate(request, new Note(kind, key, author, Json.write(content)));
    }

    long writeText(
            final String kind, final String key, final String author, final String attributes)
            throws IOException, InterruptedException {
        return commander.send(
                Commands.annotate(UUID.randomUUID(), new Note(kind, key, author, attributes)));
    }

    long remove(final String kind, final String key, final String author)
            throws IOException, InterruptedException {
        return writeText(kind, key, author, "");
    }

    <T> Optional<T> read(final String kind, final String key, final Class<T> type) {
        return find(kind, key).map(entry -> content(entry, type));
    }

    /** What it said at a reading. */
    static <T> Optional<T> read(
            final View.Reading now, final String kind, final String key, final Class<T> type) {
        return now.metadata().find(kind, key).map(entry -> content(entry, type));
    }

    Optional<Metadata> find(final String kind, final String key) {
        return view.read(now -> now.metadata().find(kind, key));
    }

    List<Metadata> list(final String kind) {
        return view.read(now -> now.metadata().list(kind));
    }

    static <T> T content(final Metadata entry, final Class<T> type) {
        try {
            return Json.MAPPER.readValue(entry.attributes(), type);
        } catch (final JsonProcessingException foreign) {
            throw new IllegalStateException(
                    entry.kind() + "/" + entry.key() + " was not written by the back office",
                    foreign);
        }
    }
}
