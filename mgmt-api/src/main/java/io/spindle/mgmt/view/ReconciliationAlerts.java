package io.spindle.mgmt.view;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.spindle.mgmt.model.Alert;
import io.spindle.mgmt.model.Note;

import java.util.Optional;
import java.util.UUID;

/**
 * What a person should know of comparisons with other systems: that one found differences. A run
 * that finds what the one before it found leaves no note, and therefore no second alert.
 */
final class ReconciliationAlerts {
    /** It is about the market and nobody's account. */
    private static final String HOUSE = "";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private UUID last;

    /** The alert that a note is worth; none of another note, of agreement, or of a repeat. */
    Optional<Alert> of(
            final Note note, final UUID request, final long sequence, final long timeNs) {
        if (!note.kind().equals(Note.RECONCILIATION) || request.equals(last)) {
            return Optional.empty();
        }
        last = request;
        return detail(note)
                .map(
                        text ->
                                new Alert(
                                        Alert.Kind.RECONCILIATION,
                                        HOUSE,
                                        HOUSE,
                                        text,
                                        sequence,
                                        timeNs));
    }

    private static Optional<String> detail(final Note note) {
        try {
            final JsonNode found = MAPPER.readTree(note.attributes());
            final int missingHere = found.path("missingHere").asInt();
            final int missingThere = found.path("missingThere").asInt();
            final int different = found.path("different").asInt();
            return missingHere + missingThere + different == 0
                    ? Optional.empty()
                    : Optional.of(
                            "%s of %s: %d missing here, %d missing there, %d different"
                                    .formatted(
                                            note.key(),
                                            found.path("date").asText(),
                                            missingHere,
                                            missingThere,
                                            different));
        } catch (final JsonProcessingException unreadable) {
            return Optional.empty();
        }
    }
}
