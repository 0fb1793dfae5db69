package io.spindle.mgmt.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * By which call a command came, by the id under which the call sent it. Thread-safe.
 *
 * <p>Of several calls by one caller under one id the first counts; what several callers have sent
 * under one id is nobody's.
 */
public final class CommandAuthors {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Author NOBODY = new Author(null, null, null);

    private final int most;
    private final Predicate<String> wanted;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private Instant forgotten = Instant.MIN;

    /**
     * @param most ids that are kept, the newest
     * @param wanted which ids
     */
    public CommandAuthors(final int most, final Predicate<String> wanted) {
        this.most = most;
        this.wanted = wanted;
    }

    /**
     * Whose a command is.
     *
     * @param caller null if several have sent it
     * @param call of the audit
     * @param proposal that it waited as, null if it did not
     */
    public record Author(String caller, String call, String proposal) {}

    private record Entry(Author author, Instant time) {}

    /** Takes a record of the audit, as it is written. */
    public void add(final String json) {
        if (!json.contains("\"commands\":[")) {
            return;
        }
        try {
            final JsonNode call = MAPPER.readTree(json);
            final List<String> ids = new ArrayList<>();
            call.path("commands").forEach(id -> ids.add(id.asText()));
            final Author author =
                    new Author(
                            call.path("caller").asText(null),
                            call.path("call").asText(null),
                            call.path("proposal").asText(null));
            add(ids, author, Instant.parse(call.path("time").asText()));
        } catch (final JsonProcessingException unreadable) {
            throw new IllegalArgumentException(unreadable);
        }
    }

    void add(final AuditRecord record) {
        if (record.commands() != null) {
            add(
                    record.commands(),
                    new Author(record.caller(), record.call(), record.proposal()),
                    Instant.parse(record.time()));
        }
    }

    private synchronized void add(final List<String> ids, final Author author, final Instant time) {
        for (final String id : ids) {
            if (wanted.test(id)) {
                entries.merge(
                        id, new Entry(author, time), (first, next) -> first(first, next, time));
            }
        }
        final Iterator<Entry> oldest = entries.values().iterator();
        while (entries.size() > most) {
            final Instant lost = oldest.next().time;
            forgotten = lost.isAfter(forgotten) ? lost : forgotten;
            oldest.remove();
        }
    }

    private static Entry first(final Entry first, final Entry next, final Instant time) {
        final String caller = first.author.caller;
        return caller != null && caller.equals(next.author.caller)
                ? first
                : new Entry(NOBODY, time);
    }

    public synchronized Optional<Author> find(final String id) {
        return Optional.ofNullable(entries.get(id)).map(Entry::author);
    }

    /** When the last call was answered of which something is not kept any more. */
    public synchronized Instant forgotten() {
        return forgotten;
    }
}
